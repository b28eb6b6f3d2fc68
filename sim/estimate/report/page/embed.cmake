# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0
#
# Makes OUTPUT, a source file with a page as the string NAME that HEADER declares, of PARTS: the frame of all pages and
# the body of this one (HTML), styles and scripts, each kind in the order in which it is given.

set(pages "")
set(style "")
set(script "")
foreach(part IN LISTS PARTS)
  file(READ ${part} text)
  if(part MATCHES "\\.html$")
    list(APPEND pages ${part})
  elseif(part MATCHES "\\.css$")
    string(APPEND style "${text}")
  else()
    string(APPEND script "${text}")
  endif()
endforeach()
list(GET pages 0 frame_file)
list(GET pages 1 body_file)
file(READ ${frame_file} page)
file(READ ${body_file} body)
string(REPLACE "@BODY@" "${body}" page "${page}")
string(REPLACE "@STYLE@" "${style}" page "${page}")
string(REPLACE "@SCRIPT@" "${script}" page "${page}")
file(WRITE ${OUTPUT} "// Made by sim/estimate/report/page/embed.cmake.
#include \"${HEADER}\"

namespace denseshift::sim {

const std::string_view ${NAME} = R\"page(${page})page\";

}  // namespace denseshift::sim
")
