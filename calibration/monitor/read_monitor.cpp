#include <fmt/core.h>

#include <algorithm>
#include <new>

#include "calibration/monitor/clean.hpp"
#include "calibration/monitor/deliveries.hpp"
#include "calibration/monitor/files.hpp"
#include "calibration/monitor/gaps.hpp"
#include "calibration/monitor/text_file.hpp"

namespace ketensim {
namespace monitor {
namespace {

namespace fs = std::filesystem;
using Severity = Problem::Severity;

constexpr std::size_t kFewRows = 50;  // a share of fewer says nothing

/// Reads what the plan names, and cleans it.
class Reader {
 public:
  Reader(const ImportPlan& plan, const fs::path& folder) : plan_(plan), folder_(folder) {
    raw_.plan = &plan;
    raw_.facts.resize(plan.deliveries.size());
    raw_.rows.resize(plan.organisations.size());
    raw_.touched.resize(plan.organisations.size(), std::vector<Raw::Touched>(kRules));
    for (const DeliveryPlan& delivery : plan.deliveries)
      for (const AttributePlan& attribute : delivery.attributes)
        if (std::find(raw_.attributes.begin(), raw_.attributes.end(), attribute.name) == raw_.attributes.end())
          raw_.attributes.push_back(attribute.name);
    raw_.attribute_values.resize(raw_.attributes.size());
  }

  MonitorRead read() && {
    read_deliveries();
    if (read_.ok() && find_window()) {
      clean();
      finish();
      check_limits();
    }
    std::stable_sort(read_.diagnostics.begin(), read_.diagnostics.end(),
                     [](const Diagnostic& a, const Diagnostic& b) { return a.severity < b.severity; });
    return std::move(read_);
  }

 private:
  void say(Severity severity, const fs::path& file, int line, int column, std::string message) {
    read_.diagnostics.push_back({severity, file.string(), line, column, std::move(message), ""});
  }

  std::vector<fs::path> files_of(const std::vector<std::string>& patterns) {
    std::vector<fs::path> files;
    std::error_code error;
    if (!fs::is_directory(folder_, error)) return files;
    for (const std::string& pattern : patterns) {
      const std::vector<fs::path> found = files_named(folder_, pattern);
      if (found.empty()) {
        read_.unreadable = true;
        say(Severity::error, folder_, 0, 0, fmt::format("there is no `{}` here, and no `{}.gz`", pattern, pattern));
      }
      for (const fs::path& file : found)
        if (std::find(files.begin(), files.end(), file) == files.end()) files.push_back(file);
    }
    return files;
  }

  template <class Read>
  void try_to_read(const fs::path& file, Read&& read) {
    try {
      read();
    } catch (const BadFile& bad) {
      read_.unreadable |= bad.unreadable;
      say(Severity::error, file, bad.line, bad.column, bad.message);
    } catch (const std::bad_alloc&) {
      read_.unreadable = true;
      say(Severity::error, file, 0, 0, "there is not enough memory to read this file");
    }
  }

  void read_deliveries() {
    std::error_code error;
    if (!fs::is_directory(folder_, error)) {
      read_.unreadable = true;
      say(Severity::error, folder_, 0, 0, "this is no folder: name the one with the deliveries");
    }
    for (std::size_t i = 0; i < plan_.deliveries.size(); ++i) {
      const std::size_t first = raw_.visits.size();
      for (const fs::path& file : files_of(plan_.deliveries[i].files))
        try_to_read(file, [&] { read_delivery(raw_, i, file, read_.diagnostics); });
      if (!plan_.deliveries[i].columns.moment.empty()) join_events(raw_, first);
    }
    for (const CapacityPlan& capacity : plan_.capacity)
      for (const fs::path& file : files_of(capacity.files))
        try_to_read(file, [&] { read_capacity(raw_, capacity, file); });
  }

  bool find_window() {
    constexpr double kLongest = 150 * kDaysPerYear;
    window_ = window_of(raw_);
    if (window_.until - window_.from <= kLongest) return true;
    say(Severity::error, folder_, 0, 0,
        fmt::format("the dates delivered span {:.0f} years: name `from` and `snapshot` in the import file",
                    (window_.until - window_.from) / kDaysPerYear));
    return false;
  }

  void clean() {
    const Calendar calendar(plan_.calendar, day(window_.from), static_cast<int>(window_.until - window_.from) + 1);
    take_members_from_other_rows(raw_);
    const std::vector<std::int32_t> order = order_by_child(raw_);
    reject_repeated_rows(raw_, order);
    drop_wrong_dates(raw_, window_);
    mend_order_of_dates(raw_, window_, calendar, window_.from, habits_of(raw_, calendar, window_.from));
    note_missing_moments(raw_);
    make_visits(raw_, window_, order, read_.monitor);
    read_.monitor.from = day(window_.from);
    read_.monitor.until = day(window_.until);
  }

  static Date day(double days) { return Date(std::chrono::days(static_cast<int>(days))); }

  void finish() {
    Monitor& monitor = read_.monitor;
    monitor.truncated = plan_.from.has_value();
    name_steps();
    add_granularities();
    for (std::size_t i = 0; i < plan_.organisations.size(); ++i) {
      PartnerSummary& summary = monitor.partners.emplace_back();
      summary.partner = plan_.organisations[i].id;
      summary.rows = raw_.rows[i];
      for (const Raw::Touched& touched : raw_.touched[i]) summary.touched.push_back(touched.rows);
    }
    monitor.children = raw_.children.take();
    monitor.families = raw_.families.take();
    monitor.case_ids = raw_.case_ids.take();
    monitor.organisations = raw_.organisations.take();
    monitor.outcomes = raw_.outcomes.take();
    monitor.attributes = raw_.attributes;
    for (Interner& values : raw_.attribute_values) monitor.attribute_values.push_back(values.take());
    monitor.files = raw_.files;
    monitor.capacity = std::move(raw_.capacity);
    monitor.repairs = std::move(raw_.repairs);
    std::stable_sort(monitor.repairs.begin(), monitor.repairs.end(), [](const Repair& a, const Repair& b) {
      return std::pair(a.file, a.line) < std::pair(b.file, b.line);
    });
    monitor.gaps = find_gaps(monitor);
    warn_of_gaps();
  }

  void name_steps() {
    for (std::size_t i = 0; i < raw_.steps.names().size(); ++i) {
      const std::string id(raw_.steps.names()[i]);
      const bool entry = plan_.entries.empty() || std::count(plan_.entries.begin(), plan_.entries.end(), id);
      read_.monitor.steps.push_back({id, id.substr(0, id.find('.')), entry});
    }
  }

  void add_granularities() {
    constexpr std::array<double, 4> kDays{1.0, 1.0 / 24, 1.0 / 1440, 1.0 / 86400};
    for (std::size_t i = 0; i < plan_.deliveries.size(); ++i) {
      const DeliveryPlan& delivery = plan_.deliveries[i];
      const bool events = !delivery.columns.moment.empty();
      const std::array<std::string, kMoments> columns{delivery.columns.received, delivery.columns.started,
                                                      delivery.columns.ended};
      for (const Which which : {kReceived, kStarted, kEnded})
        if (raw_.facts[i].has_column[which])
          read_.monitor.granularities.push_back({delivery.files.front(), events ? kMomentNames[which] : columns[which],
                                                 kDays[raw_.facts[i].finest[which]]});
    }
  }

  void warn_of_gaps() {
    const Monitor& monitor = read_.monitor;
    for (const Gap& gap : monitor.gaps) {
      const std::string_view organisation = monitor.organisations[static_cast<std::size_t>(gap.organisation)];
      const std::string where =
          gap.step == kUnknown
              ? std::string(organisation)
              : fmt::format("{} ({})", organisation, monitor.steps[static_cast<std::size_t>(gap.step)].id);
      say(Severity::warning, folder_, 0, 0,
          fmt::format("{} delivered nothing that was received from {} up to {}, where about {:.0f} rows were to be "
                      "expected: taken for a gap in the delivery",
                      where, iso_date(gap.from), iso_date(gap.until), gap.expected));
    }
  }

  static std::string iso_date(Date date) {
    const std::chrono::year_month_day day(date);
    return fmt::format("{:04}-{:02}-{:02}", static_cast<int>(day.year()), static_cast<unsigned>(day.month()),
                       static_cast<unsigned>(day.day()));
  }

  void check_limits() {
    for (const PartnerSummary& summary : read_.monitor.partners)
      for (std::size_t rule = 0; rule < kRules; ++rule) check_limit(summary, rule);
  }

  void check_limit(const PartnerSummary& summary, std::size_t rule) {
    const CleaningRule& row = cleaning_rules()[rule];
    double limit = plan_.limit;
    for (const auto& [name, accepted] : plan_.accepted)
      if (name == row.name) limit = accepted;
    const auto touched = static_cast<double>(summary.touched[rule]);
    const double share = touched / static_cast<double>(std::max(kFewRows, summary.rows));
    if (share <= limit) return;
    const bool dates = rule == static_cast<std::size_t>(Rule::impossible_date);
    say(Severity::error, folder_, 0, 0,
        fmt::format(
            "{}: {} of {} rows ({:.1f}%) have {}, more than the limit of {:.1f}%{}; if that is right, say `accept: "
            "{{{}: {:.0f}%}}` in the import file (it may bias: {})",
            summary.partner, summary.touched[rule], summary.rows, 100 * touched / static_cast<double>(summary.rows),
            row.finds, 100 * limit, dates ? " (are dates written in two ways?)" : "", row.name, std::ceil(100 * share),
            row.bias));
  }

  const ImportPlan& plan_;
  const fs::path& folder_;
  Raw raw_;
  Window window_;
  MonitorRead read_;
};

}  // namespace
}  // namespace monitor

bool MonitorRead::ok() const {
  return !unreadable && std::none_of(diagnostics.begin(), diagnostics.end(), [](const Diagnostic& diagnostic) {
    return diagnostic.severity == Problem::Severity::error;
  });
}

MonitorRead read_monitor(const ImportPlan& plan, const std::filesystem::path& folder) {
  return monitor::Reader(plan, folder).read();
}

}  // namespace ketensim
