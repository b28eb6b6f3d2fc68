# Copyright the DenseShift Accelerator authors.
# SPDX-License-Identifier: Apache-2.0

# Makes the source file OUTPUT with a page as the string NAME that HEADER declares, of PARTS and of
# what all pages share.
function(ds_embed_page name header output)
  set(page ${PROJECT_SOURCE_DIR}/sim/estimate/report/page)
  set(parts
    ${page}/frame.html ${page}/report.css
    ${page}/formats.js ${page}/categories.js ${page}/elements.js ${page}/scales.js
    ${page}/sorting.js ${page}/redraw.js
    ${ARGN})
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} -D "OUTPUT=${output}" -D "NAME=${name}" -D "HEADER=${header}"
      -D "PARTS=${parts}" -P ${page}/embed.cmake
    DEPENDS ${parts} ${page}/embed.cmake
    VERBATIM)
endfunction()
