#include <benchmark/benchmark.h>
#include <unistd.h>
#include <zlib.h>

#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <stdexcept>
#include <string>
#include <vector>

#include "ketensim/monitor.hpp"

namespace {

namespace fs = std::filesystem;

/// The deliveries of Twente, unpacked, in a folder of their own.
class Deliveries {
 public:
  Deliveries() {
    std::string name = (fs::temp_directory_path() / "ketensim-bench-XXXXXX").string();
    if (!mkdtemp(name.data())) throw std::runtime_error("no temporary folder");
    path_ = name;
    for (const fs::directory_entry& entry : fs::directory_iterator(kTwente / "monitor"))
      if (entry.path().extension() == ".gz") unpack(entry.path());
  }
  ~Deliveries() {
    std::error_code error;
    fs::remove_all(path_, error);
  }
  Deliveries(const Deliveries&) = delete;
  Deliveries& operator=(const Deliveries&) = delete;

  const fs::path& path() const { return path_; }
  std::int64_t bytes() const { return bytes_; }

  static inline const fs::path kTwente = fs::path(KETENSIM_SOURCE_DIR) / "scenarios/twente";

 private:
  void unpack(const fs::path& file) {
    std::ofstream out(path_ / file.stem(), std::ios::binary);
    gzFile packed = gzopen(file.c_str(), "rb");
    std::vector<char> piece(1 << 16);
    for (int count = 0; (count = gzread(packed, piece.data(), static_cast<unsigned>(piece.size()))) > 0;
         bytes_ += count)
      out.write(piece.data(), count);
    gzclose(packed);
  }

  fs::path path_;
  std::int64_t bytes_ = 0;
};

/// From the files to linked cases.
void import_monitor(benchmark::State& state, bool packed) {
  const Deliveries deliveries;
  const ketensim::LoadedImport import = ketensim::load_import(Deliveries::kTwente / "monitor.yaml");
  for (auto _ : state) {
    const ketensim::MonitorRead read =
        ketensim::read_monitor(import.plan, packed ? Deliveries::kTwente / "monitor" : deliveries.path());
    if (!read.ok()) state.SkipWithError("the deliveries cannot be read");
    benchmark::DoNotOptimize(ketensim::link(read.monitor));
  }
  state.SetBytesProcessed(state.iterations() * deliveries.bytes());
}

}  // namespace

BENCHMARK_CAPTURE(import_monitor, csv, false)->Unit(benchmark::kMillisecond);
BENCHMARK_CAPTURE(import_monitor, gz, true)->Unit(benchmark::kMillisecond);
BENCHMARK_MAIN();
