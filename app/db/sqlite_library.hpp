// What SQLite is told about this process before its first use.
#pragma once

namespace innergate::db {

/// Switches off what SQLite does for programs of another kind: counting every allocation under a
/// lock that all threads share, a lock around each connection though only one thread uses it, and
/// 80 KB set aside for each of a statement's intermediate tables, which are a page or two here.
///
/// To be called before a database is opened; further calls do nothing. It changes nothing in a
/// process that has used the library already.
void tune_sqlite();

}  // namespace innergate::db
