#include "app/manual/settings_page.hpp"

#include <fmt/format.h>

#include "app/manual/roff.hpp"
#include "app/settings/keys.hpp"
#include "app/settings/load.hpp"

namespace innergate::manual {

std::string settings_page() {
    const settings::Settings defaults;
    Page page{"innergate.conf", 5, "settings of innergate"};
    page.heading("DESCRIPTION");
    page.paragraph(
        "Lines of the form key = value in [sections]; # begins a comment. Both pools and "
        "innergate-admin read the same file. A value on the command line "
        "(--limits-max-body-bytes 64m) wins over one in the environment "
        "(INNERGATE_LIMITS_MAX_BODY_BYTES=64m), which wins over the file. Unknown keys are faults."
    );
    page.paragraph(
        "Secrets are never settings: settings name the files they stand in. A program that may not "
        "read such a file takes the file of the same name in $CREDENTIALS_DIRECTORY, where systemd "
        "puts what a unit's LoadCredential= names."
    );
    std::string section;
    for (const settings::Key& key : settings::keys()) {
        if (key.section != section) {
            section = key.section;
            page.heading(fmt::format("[{}]", section));
        }
        const std::string standard = key.show(defaults);
        page.entry(
            fmt::format("{} = {}", key.name, key.form),
            fmt::format("{} Default: {}.", key.doc, standard.empty() ? "empty" : standard)
        );
    }
    page.heading("FILES");
    page.entry(settings::kDefaultFile, "read unless --config names another one.");
    page.heading("SEE ALSO");
    page.paragraph("innergate-pool(8), innergate-admin(1)");
    return page.text();
}

}  // namespace innergate::manual
