# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
#
# Makes OUTPUT, a source file with the page as a string, of PARTS: the HTML, the style, then scripts.

list(POP_FRONT PARTS page_file style_file)
file(READ ${page_file} page)
file(READ ${style_file} style)
set(script "")
foreach(part IN LISTS PARTS)
  file(READ ${part} text)
  string(APPEND script "${text}")
endforeach()
string(REPLACE "@STYLE@" "${style}" page "${page}")
string(REPLACE "@SCRIPT@" "${script}" page "${page}")
file(WRITE ${OUTPUT} "// Made by page/embed.cmake.
#include \"sim/estimate/report/page_template.h\"

namespace denseshift::sim {

const std::string_view kPageTemplate = R\"page(${page})page\";

}  // namespace denseshift::sim
")
