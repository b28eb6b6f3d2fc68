// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#ifndef DENSESHIFT_SIM_FUNCTIONAL_EXECUTE_H_
#define DENSESHIFT_SIM_FUNCTIONAL_EXECUTE_H_

#include "sim/device_parameters.h"
#include "sim/functional/command.h"
#include "sim/functional/storage.h"

namespace denseshift::sim {

// The effect of one legal command on the storage, docs/commands.md, without a clock.
//
// Each throws JobError at the first access outside a buffer or outside device
// memory; what was written before it stays written.

void ExecuteLoad(const LoadCommand& load, const DeviceParameters& parameters, Storage& storage);

void ExecuteConv(const ConvCommand& conv, const DeviceParameters& parameters, Storage& storage);

void ExecuteVector(const VectorCommand& vector,
                   const DeviceParameters& parameters,
                   Storage& storage);

void ExecuteStore(const StoreCommand& store, const DeviceParameters& parameters, Storage& storage);

// Writes 0 as the cycle count: this device keeps no time.
void ExecuteStamp(const StampCommand& stamp, const DeviceParameters& parameters, Storage& storage);

}  // namespace denseshift::sim

#endif  // DENSESHIFT_SIM_FUNCTIONAL_EXECUTE_H_
