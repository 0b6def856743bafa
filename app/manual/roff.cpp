#include "app/manual/roff.hpp"

#include <fmt/format.h>

#include "app/ascii.hpp"

namespace innergate::manual {
namespace {

/// Text that roff prints as it stands, as a line of its own.
std::string line_of(std::string_view text) {
    std::string line;
    for (const char character : text) {
        if (character == '\\') {
            line += "\\e";
        } else if (character == '-') {
            line += "\\-";  // a bare one may become a hyphen, which cannot be copied into a shell
        } else {
            line += character;
        }
    }
    // At the start of a line these would be a request.
    return line.starts_with('.') || line.starts_with('\'') ? "\\&" + line : line;
}

}  // namespace

Page::Page(std::string_view name, unsigned section, std::string_view summary)
    : text_(fmt::format(
          ".TH {} {} \"\" \"innergate {}\" \"innergate\"\n",
          line_of(ascii::upper(name)),
          section,
          INNERGATE_VERSION
      )) {
    heading("NAME");
    text_ += fmt::format("{} \\- {}\n", line_of(name), line_of(summary));
}

void Page::heading(std::string_view text) {
    text_ += fmt::format(".SH {}\n", line_of(text));
}

void Page::subheading(std::string_view text) {
    text_ += fmt::format(".SS {}\n", line_of(text));
}

void Page::paragraph(std::string_view text) {
    text_ += fmt::format(".PP\n{}\n", line_of(text));
}

void Page::entry(std::string_view term, std::string_view text) {
    text_ += fmt::format(".TP\n\\fB{}\\fR\n{}\n", line_of(term), line_of(text));
}

}  // namespace innergate::manual
