# Writes the C++ file that holds the text of every migration.
#   cmake -DFOLDER=... -DNAMES=0001_a.sql,0002_b.sql -DOUTPUT=... -P embed_migrations.cmake

# A file in the folder that nobody listed would silently never run.
file(GLOB on_disk RELATIVE ${FOLDER} ${FOLDER}/*.sql)
list(SORT on_disk)
string(REPLACE "," ";" names "${NAMES}")
if(NOT "${on_disk}" STREQUAL "${names}")
    message(FATAL_ERROR "sql/CMakeLists.txt must list the files of sql/migrations in order.\n"
                        "listed:  ${names}\non disk: ${on_disk}")
endif()

set(rows "")
set(version 0)
foreach(name IN LISTS names)
    math(EXPR version "${version} + 1")
    if(NOT name MATCHES "^([0-9][0-9][0-9][0-9])_[a-z0-9_]+\\.sql$")
        message(FATAL_ERROR "${name}: a migration is called NNNN_what_it_is_about.sql")
    endif()
    if(NOT CMAKE_MATCH_1 EQUAL version)
        message(FATAL_ERROR "${name}: versions have no gaps, the next one is ${version}")
    endif()
    string(REGEX REPLACE "\\.sql$" "" title "${name}")
    file(READ ${FOLDER}/${name} text)
    if(text MATCHES "\\)migration\"")
        message(FATAL_ERROR "${name}: contains the delimiter of the string literal it is embedded in")
    endif()
    string(APPEND rows "    Migration{${version}, \"${title}\", R\"migration(${text})migration\"},\n")
endforeach()

file(WRITE ${OUTPUT} "// Generated from sql/migrations. Do not edit.
#include \"sql/migrations.hpp\"

#include <array>

namespace innergate::sql {
namespace {

constexpr std::array kMigrations{
${rows}};

}  // namespace

std::span<const Migration> migrations() {
    return kMigrations;
}

}  // namespace innergate::sql
")
