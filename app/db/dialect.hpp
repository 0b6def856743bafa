// Which of the two databases.
#pragma once

namespace innergate::db {

enum class Dialect { sqlite, postgresql };

}  // namespace innergate::db
