#include <fmt/ranges.h>

#include <vector>

#include "tools/report/constraint/view.hpp"
#include "tools/report/html.hpp"

namespace ketensim::report {
namespace {

Page page_in(const ConstraintFiles& files, Language language) {
  const ConstraintView view(files, language);
  Page page(language);
  page.header(view.say(ConstraintPhrase::title), fmt::format("{}", fmt::join(view.scenarios(), ", ")));
  page.open("main");
  put_limits(page, view);
  put_constraint(page, files);
  page.close("main");
  return page;
}

}  // namespace

void put_constraint(Page& page, const ConstraintFiles& files) {
  if (files.pools.empty()) return;
  const ConstraintView view(files, page.language());
  put_worth(page, view);
  put_steps(page, view);
  put_buffers(page, view);
  put_causes(page, view);
}

std::string constraint_report(const ConstraintFiles& files, Language first) {
  const Language second = first == Language::nl ? Language::en : Language::nl;
  return finished(std::vector{page_in(files, first), page_in(files, second)});
}

}  // namespace ketensim::report
