// Writes a man page: text in roff with the man macros. What stands on it is the caller's business.
#pragma once

#include <string>
#include <string_view>

namespace innergate::manual {

class Page {
public:
    /// `section`: 1 for commands, 5 for file formats, 8 for daemons.
    Page(std::string_view name, unsigned section, std::string_view summary);

    void heading(std::string_view text);
    void subheading(std::string_view text);
    void paragraph(std::string_view text);
    /// A term with its explanation indented below it.
    void entry(std::string_view term, std::string_view text);

    [[nodiscard]] const std::string& text() const { return text_; }

private:
    std::string text_;
};

}  // namespace innergate::manual
