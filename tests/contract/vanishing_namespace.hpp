// A namespace that is deleted between the look-up of a request and its insert.
#pragma once

#include <string_view>

#include <fmt/format.h>

#include "tests/support/test_database.hpp"

namespace innergate::test {

/// A trigger deletes the namespace of each row just before the row is added to the table.
inline void let_namespaces_vanish(TestDatabase& database, std::string_view table) {
    db::Session& session = database.session();
    if (session.dialect() == db::Dialect::sqlite) {
        session.execute_once(fmt::format(
            "create trigger go before insert on {} begin "
            "delete from namespaces where id = new.namespace_id; end",
            table
        ));
        return;
    }
    session.execute_once(
        "create function go() returns trigger language plpgsql as $$ begin "
        "delete from namespaces where id = new.namespace_id; return new; end $$"
    );
    session.execute_once(fmt::format(
        "create trigger go before insert on {} for each row execute function go()", table
    ));
}

}  // namespace innergate::test
