# Writes the commit and the options of this build to a C file, and touches it only where they have changed:
# cmake -D SOURCE=folder -D OPTIONS=text -D TO=file -P facts.cmake
set(commit unknown)
find_program(git git)
if(git AND EXISTS ${SOURCE}/.git)
    execute_process(COMMAND ${git} -c safe.directory=* -C ${SOURCE} describe --always --dirty --abbrev=8 --exclude=*
                    OUTPUT_VARIABLE described OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET RESULT_VARIABLE status)
    if(status EQUAL 0 AND described)
        set(commit ${described})
    endif()
elseif(EXISTS ${SOURCE}/COMMIT) # of an archive
    file(STRINGS ${SOURCE}/COMMIT commit LIMIT_COUNT 1)
endif()
file(CONFIGURE OUTPUT ${TO} @ONLY CONTENT [[#include "version/build_facts.h"

const char build_commit[] = "@commit@";
const char build_options[] = "@OPTIONS@";
]])
