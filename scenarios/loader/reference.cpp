#include "ketensim/load.hpp"
namespace ketensim { std::string format_reference() { return ""; } }
