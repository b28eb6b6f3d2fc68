// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_ESTIMATE_TOPOLOGY_TOPOLOGY_COLUMNS_H_
#define DENSESHIFT_SIM_ESTIMATE_TOPOLOGY_TOPOLOGY_COLUMNS_H_

#include <cstddef>
#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "sim/csv_table.h"
#include "sim/estimate/topology/topology_layer.h"

namespace denseshift::sim {

// Columns a topology file may have.
enum class Column {
  kName,
  kInHeight,
  kInWidth,
  kKernelHeight,
  kKernelWidth,
  kChannels,
  kFilters,
  kStride,
  kM,
  kN,
  kK,
  kSparsity,
  kPadTop,
  kPadLeft,
  kPadBottom,
  kPadRight,
  kStrideWidth,
  kDilationHeight,
  kDilationWidth,
  kGroups,
  kBatch,
  kBits
};

// The name of a column as docs/estimate.md spells it.
[[nodiscard]] std::string ColumnName(Column column);

// Which column each field of a row belongs to, from the header.
class TopologyColumns {
 public:
  // Case and the number of spaces in a name do not matter; the spellings of the files that
  // SCALE-Sim ships are all known.
  //
  // Errors  std::runtime_error "FILE:LINE:COLUMN: ..." for a header with a name that is not known
  //         or stands twice, without a column that is needed, or of tables of the other kind.
  TopologyColumns(const std::filesystem::path& file, TopologyKind kind, const CsvRow& header);

  [[nodiscard]] bool Has(Column column) const { return index_.count(column) != 0; }

  // True if there is a column that SCALE-Sim does not have.
  [[nodiscard]] bool HasSuperset() const;

  // Index of the field in a row; the column must be there.
  [[nodiscard]] std::size_t IndexOf(Column column) const { return index_.at(column); }

  // The column of field `index`; nothing if it has no name.
  [[nodiscard]] std::optional<Column> At(std::size_t index) const;

  // Fields up to the last one with a name; a row must not have fewer.
  [[nodiscard]] std::size_t Count() const;

 private:
  std::vector<std::optional<Column>> columns_;
  std::map<Column, std::size_t> index_;
};

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_ESTIMATE_TOPOLOGY_TOPOLOGY_COLUMNS_H_
