#pragma once

namespace ketensim::loader {

/// The parts of FORMAT.md that no table holds.
extern const char* const kIntroduction;
extern const char* const kBuildingOn;
extern const char* const kSemantics;

}  // namespace ketensim::loader
