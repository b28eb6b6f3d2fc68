// Copyright the DenseShift Accelerator authors.
// SPDX-License-Identifier: Apache-2.0

#include "sim/estimate/topology/topology.h"

#include <cstdint>
#include <fmt/format.h>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/sim/estimate/topology_file.h"

namespace denseshift::sim {
namespace {

// "name:HxW", one after the other: the outputs of all layers.
std::string Outputs(const std::vector<TopologyLayer>& layers) {
  std::string text;
  for (const TopologyLayer& layer : layers) {
    text += (text.empty() ? "" : " ") + layer.name + ":" + std::to_string(layer.out_h) + "x" +
            std::to_string(layer.out_w);
  }
  return text;
}

std::uint64_t TotalMacs(const std::vector<TopologyLayer>& layers) {
  std::uint64_t macs = 0;
  for (const TopologyLayer& layer : layers) {
    macs += layer.Macs();
  }
  return macs;
}

TopologyLayer OnlyLayerOf(const std::string& text, TopologyKind kind = TopologyKind::kConvolution) {
  const std::vector<TopologyLayer> layers = LayersOf(text, kind);
  EXPECT_EQ(layers.size(), 1U);
  return layers.front();
}

TEST(Topology, AlexNetHasTheMacsScaleSimCounts) {
  const std::vector<TopologyLayer> layers =
      LayersOf(kConvHeader +
               "Conv1     ,224 ,224 ,11 ,11 ,3   ,96  ,4 ,\n"
               "Conv2     ,27  ,27  ,5  ,5  ,96  ,256 ,1 ,\n"
               "Conv3     ,13  ,13  ,3  ,3  ,256 ,384 ,1 ,\n"
               "Conv4     ,13  ,13  ,3  ,3  ,384 ,384 ,1 ,\n"
               "Conv5     ,13  ,13  ,3  ,3  ,384 ,256 ,1 ,\n");
  EXPECT_EQ(Outputs(layers), "Conv1:55x55 Conv2:23x23 Conv3:11x11 Conv4:11x11 Conv5:11x11");
  EXPECT_EQ(TotalMacs(layers), 805118496U);
}

TEST(Topology, ResNet18HasTheMacsScaleSimCounts) {
  std::string text = kConvHeader + "c1,224,224,7,7,3,64,2,\n";
  for (int i = 0; i < 4; ++i) {
    text += "c2,56,56,3,3,64,64,1,\n";
  }
  for (const int size : {28, 14, 7}) {
    const int in = 2 * size;
    const int few = 64 * 28 / size;
    const int many = 128 * 28 / size;
    text += fmt::format("a,{0},{0},3,3,{1},{2},2,\n", in, few, many);
    text += fmt::format("s,{0},{0},1,1,{1},{2},2,\n", in, few, many);
    for (int i = 0; i < 3; ++i) {
      text += fmt::format("b,{0},{0},3,3,{1},{1},1,\n", size, many);
    }
  }
  text += "FC,1,1,1,1,512,1000,1,\n";
  const std::vector<TopologyLayer> layers = LayersOf(text);
  EXPECT_EQ(layers.size(), 21U);
  EXPECT_EQ(TotalMacs(layers), 1471181568U);
}

TEST(Topology, PlainRowsHaveDefaults) {
  const TopologyLayer layer = OnlyLayerOf("\n" + kConvHeader + "\n  conv , 9,8,3,2,5,7,1,\n");
  EXPECT_EQ(layer.name, "conv");
  EXPECT_EQ(layer.line, 4);
  EXPECT_EQ(layer.in_h, 9);
  EXPECT_EQ(layer.in_w, 8);
  EXPECT_EQ(layer.window.kernel_h, 3);
  EXPECT_EQ(layer.window.kernel_w, 2);
  EXPECT_EQ(layer.channels, 5);
  EXPECT_EQ(layer.filters, 7);
  EXPECT_EQ(layer.window.stride_w, 1);
  EXPECT_EQ(layer.window.dilation_h, 1);
  EXPECT_EQ(layer.window.pad_bottom, 0);
  EXPECT_EQ(layer.out_h, 7);
  EXPECT_EQ(layer.out_w, 7);
  EXPECT_EQ(layer.groups, 1);
  EXPECT_EQ(layer.batch, 1);
  EXPECT_EQ(layer.bits, 4);
}

TEST(Topology, ScaleSimRoundsUpAndTheLastWindowReadsPadding) {
  const TopologyLayer layer = OnlyLayerOf(kConvHeader + "c,16,3,3,1,1,1,2,\n");
  EXPECT_EQ(layer.out_h, 8);
  EXPECT_EQ(layer.window.pad_bottom, 1);  // 7 * 2 + 3 - 16
  EXPECT_EQ(layer.out_w, 2);
  EXPECT_EQ(layer.window.pad_right, 0);
  // The last window begins behind the input.
  const TopologyLayer far = OnlyLayerOf(kConvHeader + "c,3,1,1,1,1,1,5,\n");
  EXPECT_EQ(far.out_h, 2);
  EXPECT_EQ(far.window.pad_bottom, 3);
}

TEST(Topology, AnyColumnOfTheSupersetRoundsDown) {
  const std::string header = kConvHeader.substr(0, kConvHeader.size() - 1);
  for (const char* column : {"Pad Top", "Stride W", "Dilation W", "Groups", "Batch", "Bits"}) {
    const TopologyLayer layer = OnlyLayerOf(header + column + ",\n" + "c,16,16,3,3,1,1,2,,\n");
    EXPECT_EQ(layer.out_h, 7) << column;
    EXPECT_EQ(layer.out_w, 7) << column;
    EXPECT_EQ(layer.window.pad_bottom, 0) << column;
  }
  EXPECT_EQ(OnlyLayerOf(header + "Sparsity,\nc,16,16,3,3,1,1,2,1:1,\n").out_h, 8);
}

TEST(Topology, EveryColumnSetsItsField) {
  const TopologyLayer layer = OnlyLayerOf(
      "BITS,batch,groups,dilation  w,Dilation H,Stride W,Pad Right,Pad Bottom,Pad Left,Pad Top,"
      "Strides,Num Filter,Channels,Filter Width,Filter Height,IFMAP Width,IFMAP Height,Layer Name\n"
      "3,5,2,3,2,4,1,2,3,4,2,8,6,3,5,21,20,odd\n");
  EXPECT_EQ(layer.name, "odd");
  EXPECT_EQ(layer.bits, 3);
  EXPECT_EQ(layer.batch, 5);
  EXPECT_EQ(layer.groups, 2);
  EXPECT_EQ(layer.channels, 3);
  EXPECT_EQ(layer.filters, 4);
  EXPECT_EQ(layer.in_h, 20);
  EXPECT_EQ(layer.in_w, 21);
  const driver::Window& w = layer.window;
  EXPECT_EQ(w.kernel_h, 5);
  EXPECT_EQ(w.kernel_w, 3);
  EXPECT_EQ(w.stride_h, 2);
  EXPECT_EQ(w.stride_w, 4);
  EXPECT_EQ(w.dilation_h, 2);
  EXPECT_EQ(w.dilation_w, 3);
  EXPECT_EQ(w.pad_top, 4);
  EXPECT_EQ(w.pad_left, 3);
  EXPECT_EQ(w.pad_bottom, 2);
  EXPECT_EQ(w.pad_right, 1);
  EXPECT_EQ(layer.out_h, (20 + 4 + 2 - 9) / 2 + 1);
  EXPECT_EQ(layer.out_w, (21 + 3 + 1 - 7) / 4 + 1);
  EXPECT_EQ(layer.Macs(), std::uint64_t{9} * 5 * 4 * 5 * 3 * 3 * 2 * 5);
}

TEST(Topology, MatrixProductIsAnImageOfItsRows) {
  const TopologyLayer layer =
      OnlyLayerOf("Layer,M,N,K,\r\nQKT,196,192,384,\r\n", TopologyKind::kGemm);
  EXPECT_EQ(layer.in_h, 196);
  EXPECT_EQ(layer.in_w, 1);
  EXPECT_EQ(layer.channels, 384);
  EXPECT_EQ(layer.filters, 192);
  EXPECT_EQ(layer.out_h, 196);
  EXPECT_EQ(layer.Macs(), std::uint64_t{196} * 192 * 384);
  const TopologyLayer more =
      OnlyLayerOf("K,N,M,Layer Name,Bits,Batch\n3,2,1,DP,2,7\n", TopologyKind::kGemm);
  EXPECT_EQ(more.name, "DP");
  EXPECT_EQ(more.channels, 3);
  EXPECT_EQ(more.filters, 2);
  EXPECT_EQ(more.in_h, 1);
  EXPECT_EQ(more.bits, 2);
  EXPECT_EQ(more.batch, 7);
}

TEST(Topology, DepthwiseByNameIsALayerForEachChannel) {
  const std::vector<TopologyLayer> layers = LayersOf(kConvHeader + "cDP1,4,4,3,3,3,2,1,\n");
  EXPECT_EQ(Outputs(layers), "cDP1Channel_0:2x2 cDP1Channel_1:2x2 cDP1Channel_2:2x2");
  for (const TopologyLayer& layer : layers) {
    EXPECT_EQ(layer.channels, 1);
    EXPECT_EQ(layer.filters, 2);
    EXPECT_EQ(layer.line, 2);
  }
  EXPECT_EQ(LayersOf(kConvHeader + "cdp,4,4,3,3,3,2,1,\n").size(), 1U);
  const std::string header = kConvHeader.substr(0, kConvHeader.size() - 1);
  EXPECT_EQ(LayersOf(header + "Groups\nDP,4,4,3,3,3,3,1,3\n").size(), 1U);
  EXPECT_EQ(LayersOf(header + "Groups\nDP,4,4,3,3,3,3,1,\n").size(), 1U);
}

// What SCALE-Sim takes without looking at it, or loses.
TEST(Topology, HeadersAndRowsAsTheyAreFound) {
  const std::string body = "\nc,6,5,3,3,1,2,1,\n";
  for (const std::string header :
       {"Layer name, IFMAP Height, IFMAP Width, Filter Height, Filter Width, Channels, Num Filter, "
        "Strides",
        "Layer name,Ifmap height,ifmap width,filter height,filter width,channel,num "
        "filters,strides,",
        "Layer,IFMAP Width,IFMAP Width,Filter Height,Filter Width,Channels,Num Filter,Stride,",
        "L,IFMAP  Height,IFMAP\tWidth,Filter Height,Filter Width,Channels,Num Filter,Strides, ,",
        "\xEF\xBB\xBFLayer name,\xC2\xA0 IFMAP Height,\xC2\xA0 IFMAP Width,\xC2\xA0 Filter "
        "Height,\xC2\xA0 Filter "
        "Width,\xC2\xA0 Channels,\xC2\xA0 Num Filter,\xC2\xA0 Strides,",
        "\"Layer name\",\"IFMAP Height\",\"IFMAP Width\",\"Filter Height\",\"Filter "
        "Width\",\"Channels\",\"Num "
        "Filter\",\"Strides\","}) {
    const TopologyLayer layer = OnlyLayerOf(header + body);
    EXPECT_EQ(Outputs({layer}), "c:4x3") << header;
    EXPECT_EQ(layer.in_h, 6) << header;
  }
  for (const char* row :
       {"c,6,5,3,3,1,2,1",
        "c,6,5,3,3,1,2,1,,,,",
        "c,6,5,3,3,1,2,1,1:1",
        "c,6,5,3,3,1,2,1,1:1,",
        "c,6,5,3,3,1,2,1,,1:1,",
        "c,6,5,3,3,1,2,1,#dw",
        "c,6,5,3,3,1,2,1,,# depthwise, 2:4",
        " \xC2\xA0 \xC2\xA0\t c,\xC2\xA0 \xC2\xA0 6 \xC2\xA0 \xC2\xA0,5,3,3,1,2,1,",
        R"("c","6"," 5",3,3,1,2,"1 ")",
        "c,6,5,3,3,1,2,1,\r",
        "c,6,5,3,3,1,2,1,\r\n,,,,,,,,\r\n  \r\n\t"}) {
    EXPECT_EQ(Outputs(LayersOf(kConvHeader + row)), "c:4x3") << row;
  }
  EXPECT_EQ(Outputs(LayersOf(kConvHeader + "\"a, \"\"b\"\"\",6,5,3,3,1,2,1\rd,6,5,3,3,1,2,1")),
            "a, \"b\":4x3 d:4x3");
}

TEST(Topology, NetworkHasTheShapesOfOneGroup) {
  const std::string header = kConvHeader.substr(0, kConvHeader.size() - 1);
  const TopologyLayer layer =
      OnlyLayerOf(header + "Groups,Batch,Bits,Pad Left\nc,9,8,3,2,6,4,2,2,3,2,1\n");
  const driver::Network network = MakeNetwork(layer);
  EXPECT_EQ(network.name, "c");
  ASSERT_EQ(network.layers.size(), 1U);
  ASSERT_EQ(network.tensors.size(), 2U);
  const driver::Tensor& in = network.tensors[0];
  const driver::Tensor& out = network.tensors[1];
  EXPECT_EQ(std::vector<int>({in.height, in.width, in.channels}), std::vector<int>({9, 8, 3}));
  EXPECT_EQ(std::vector<int>({out.height, out.width, out.channels}), std::vector<int>({4, 4, 2}));
  const driver::Layer& conv = network.layers.front();
  EXPECT_EQ(conv.name, "c");
  EXPECT_EQ(conv.onnx_type, "Conv");
  EXPECT_EQ(conv.op, driver::Operator::kConv);
  EXPECT_EQ(conv.code_bits, 2);
  EXPECT_EQ(conv.window.pad_left, 1);
  EXPECT_EQ(conv.window.stride_h, 2);
  EXPECT_TRUE(conv.codes.empty() && conv.bias.empty() && conv.scale.empty());
  EXPECT_EQ(layer.Macs(), conv.Macs(network.tensors) * 2 * 3);
  EXPECT_EQ(MakeNetwork(OnlyLayerOf("Layer,M,N,K\ng,2,3,4\n", TopologyKind::kGemm))
                .layers.front()
                .onnx_type,
            "Gemm");
}

}  // namespace
}  // namespace denseshift::sim
