#pragma once

#include <string>
#include <string_view>

namespace ketensim {

/// A table of ours (RFC 4180, a decimal point) as a Dutch spreadsheet opens it: `;` between fields, a decimal comma in
/// the column `value`, and a byte-order mark, by which the spreadsheet knows UTF-8.
std::string for_spreadsheet(std::string_view csv);

}  // namespace ketensim
