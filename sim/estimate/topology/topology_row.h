// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TOPOLOGY_TOPOLOGY_ROW_H_
#define DENSESHIFT_SIM_ESTIMATE_TOPOLOGY_TOPOLOGY_ROW_H_

#include <filesystem>
#include <string>

#include "sim/csv_table.h"
#include "sim/estimate/topology/topology_columns.h"

namespace denseshift::sim {

// A row of a topology file below its header, by the names of its columns.
class TopologyRow {
 public:
  // All three must outlive the row.
  //
  // Errors  std::runtime_error "FILE:LINE:COLUMN: ..." for a title, too few or too many fields, a
  //         sparsity other than 1:1, a layer without a name or with one that is not UTF-8.
  TopologyRow(const std::filesystem::path& file, const TopologyColumns& columns, const CsvRow& row);

  [[nodiscard]] bool Has(Column column) const { return columns_.Has(column); }

  [[nodiscard]] bool HasSuperset() const { return columns_.HasSuperset(); }

  [[nodiscard]] int Line() const { return row_.front().place.line; }

  [[nodiscard]] const std::string& Name() const;

  // A whole number, min .. max, that must be there.
  // Errors  std::runtime_error as above.
  [[nodiscard]] int Number(Column column, int min, int max) const;

  // As Number, or `fallback` where the column is missing or the field empty.
  [[nodiscard]] int NumberOr(int fallback, Column column, int min, int max) const;

  // Throws std::runtime_error for the field of a column, or for the row if it is not there.
  [[noreturn]] void Fail(Column column, const std::string& message) const;

 private:
  void CheckName() const;
  void CheckFieldCount() const;
  void CheckSparsity() const;

  const std::filesystem::path& file_;
  const TopologyColumns& columns_;
  const CsvRow& row_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_TOPOLOGY_TOPOLOGY_ROW_H_
