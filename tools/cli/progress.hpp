#pragma once

#include <chrono>
#include <string>

namespace ketensim::cli {

/// A line on the terminal that tells how far a run is and how long it still takes; nothing where messages are piped.
class Progress {
 public:
  /// `unit`: what is counted.
  explicit Progress(bool wanted, std::string unit = "replications");
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void update(int done, int total);
  /// Counts something else from now on; nothing changes if it is the same.
  void count(const std::string& unit);
  /// A line that stays.
  void tell(const std::string& line);

 private:
  using Clock = std::chrono::steady_clock;
  bool shown_;
  std::string unit_;
  Clock::time_point begun_ = Clock::now(), next_ = begun_;
};

/// `8 s`, `3 min`, `2 h 05 min`: as exact as a guess deserves.
std::string time_left(double seconds);

}  // namespace ketensim::cli
