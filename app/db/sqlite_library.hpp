// What SQLite is told about this process before its first use.
#pragma once

namespace innergate::db {

/// Takes away what SQLite does for programs of another kind: counting every allocation under a lock
/// that all threads share, a lock around each connection though one thread alone uses it, and 80 KB
/// set aside for each of a statement's intermediate tables, which are a page or two here.
///
/// To be called before a database is opened; further calls do nothing. In a process that has used
/// the library already it keeps its ways.
void tune_sqlite();

}  // namespace innergate::db
