// How often the constraint of a random tandem is found: 200 chains, of which theory knows the answer. Minutes of work,
// and no test of ctest.
#include <fmt/core.h>

#include <cmath>

#include "tests/theory/tandems.hpp"

int main() {
  const ketensim::theory::Selection found = ketensim::theory::selections(200, 5000);
  fmt::print("{} chains: the best pool has rank 1 in {}, alone in {}; another has it alone in {}\n", found.chains,
             found.among_first, found.alone, found.wrong);
  const double promised = 0.95 * found.chains;  // less four standard errors
  return found.among_first >= promised - 4.0 * std::sqrt(promised * 0.05) ? 0 : 1;
}
