// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/sweep/sweep_runner.h"

#include <atomic>
#include <chrono>
#include <map>
#include <new>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gtest/gtest.h>

#include "tests/sim/temporary_folder.h"

namespace denseshift::sim {
namespace {

SweepSpace Seeds(int count) {
  SweepAxis axis{"memory.seed", {}};
  for (int i = 0; i < count; ++i)
    axis.values.push_back(std::to_string(i));
  return SweepSpace::Product({axis});
}

// Twice the seed.
SweepMeasures Measure(const std::vector<std::string>& settings) {
  SweepMeasures measures;
  measures.cycles = 2 * std::stoull(settings.at(0).substr(settings.at(0).find('=') + 1));
  return measures;
}

TEST(SweepRunner, EveryPointIsTakenOnce) {
  const SweepSpace space = Seeds(500);
  for (const int threads : {1, 2, 7, 600}) {
    std::map<std::uint64_t, std::vector<std::uint64_t>> taken;
    SweepRun run{space, {}, threads, Measure, {}};
    for (std::uint64_t i = 0; i < 500; i += 2)
      run.points.push_back(i);
    run.take = [&](std::uint64_t point, const SweepOutcome& outcome) {
      taken[point].push_back(outcome.measures.cycles);
    };
    RunSweep(run);
    ASSERT_EQ(taken.size(), 250U) << threads;
    for (const auto& [point, cycles] : taken)
      EXPECT_EQ(cycles, std::vector<std::uint64_t>{2 * point}) << threads;
  }
}

TEST(SweepRunner, AllThreadsWork) {
  const SweepSpace space = Seeds(3);
  std::atomic<int> begun = 0;
  const auto estimate = [&](const std::vector<std::string>& settings) {
    ++begun;
    const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
    while (begun < 3 && std::chrono::steady_clock::now() < end)
      std::this_thread::yield();
    EXPECT_EQ(begun, 3);
    return Measure(settings);
  };
  RunSweep({space, {0, 1, 2}, 3, estimate, [](std::uint64_t, const SweepOutcome&) {}});
}

TEST(SweepRunner, APointThatFailsDoesNotEndTheRun) {
  const SweepSpace space = Seeds(4);
  const auto estimate = [](const std::vector<std::string>& settings) -> SweepMeasures {
    if (settings.at(0) == "memory.seed=1")
      throw std::runtime_error("refused");
    if (settings.at(0) == "memory.seed=2")
      throw std::invalid_argument("does not fit");
    return Measure(settings);
  };
  std::vector<std::string> errors(4);
  RunSweep(
      {space, {0, 1, 2, 3}, 2, estimate, [&](std::uint64_t point, const SweepOutcome& outcome) {
         errors.at(point) = outcome.error;
       }});
  EXPECT_EQ(errors, (std::vector<std::string>{"", "refused", "does not fit", ""}));
}

TEST(SweepRunner, AnythingElseDoes) {
  const SweepSpace space = Seeds(1000);
  std::vector<std::uint64_t> points;
  for (std::uint64_t i = 0; i < 1000; ++i)
    points.push_back(i);
  for (const int threads : {1, 4}) {
    std::size_t taken = 0;
    const auto no_memory = [](const std::vector<std::string>& settings) -> SweepMeasures {
      if (settings.at(0) == "memory.seed=5")
        throw std::bad_alloc();
      return Measure(settings);
    };
    EXPECT_THROW(RunSweep({space,
                           points,
                           threads,
                           no_memory,
                           [&](std::uint64_t, const SweepOutcome&) { ++taken; }}),
                 std::bad_alloc);
    EXPECT_LT(taken, 1000U);
    taken = 0;
    EXPECT_EQ(ErrorOf([&] {
                RunSweep({space, points, threads, Measure, [&](std::uint64_t, const SweepOutcome&) {
                            if (++taken == 3)
                              throw std::runtime_error("disk full");
                          }});
              }),
              "disk full");
    EXPECT_EQ(taken, 3U);
  }
}

TEST(SweepRunner, AFailureEndsTheWorkOfAllThreads) {
  const SweepSpace space = Seeds(1000);
  SweepRun run{space, {}, 4, {}, [](std::uint64_t, const SweepOutcome&) {}};
  for (std::uint64_t i = 0; i < 1000; ++i)
    run.points.push_back(i);
  std::atomic<int> begun = 0;
  run.estimate = [&](const std::vector<std::string>& settings) -> SweepMeasures {
    ++begun;
    if (settings.at(0) == "memory.seed=0")
      throw std::bad_alloc();
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
    return Measure(settings);
  };
  EXPECT_THROW(RunSweep(run), std::bad_alloc);
  EXPECT_LT(begun, 1000);
}

TEST(SweepRunner, NothingIsTakenAfterAFailure) {
  const SweepSpace space = Seeds(3);
  std::atomic<int> begun = 0;
  const auto together = [&](const std::vector<std::string>& settings) {
    ++begun;
    while (begun < 3)
      std::this_thread::yield();
    return Measure(settings);
  };
  int taken = 0;
  EXPECT_THROW(RunSweep({space,
                         {0, 1, 2},
                         3,
                         together,
                         [&](std::uint64_t, const SweepOutcome&) {
                           ++taken;
                           throw std::bad_alloc();
                         }}),
               std::bad_alloc);
  EXPECT_EQ(taken, 1);
}

}  // namespace
}  // namespace denseshift::sim
