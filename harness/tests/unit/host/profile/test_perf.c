#include "host/profile/perf.h"

#include "test.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

TEST(the_lines_of_perf_that_are_a_count_and_a_stack_become_folded_stacks)
{
    struct text folded = {0};

    perf_fold("# Samples: 17  of event 'cpu-clock:ppp'\n#\n   100.00%  python3\n4 _PyObject_Malloc\n"
              "12 main;0x7f425dabe940;eval frame\n\n\n   3.00%  other\n1 x\n#\n",
              &folded);
    assert_string_equal(folded.data, "_PyObject_Malloc 4\nmain;0x7f425dabe940;eval frame 12\nx 1\n");
    text_release(&folded);
}

TEST(a_report_of_nothing_has_no_stacks)
{
    struct text folded = {0};

    perf_fold("", &folded);
    perf_fold("# nothing\n12\n34 \n", &folded);
    assert_int_equal(folded.length, 0);
    text_release(&folded);
}

TEST(where_there_is_no_perf_a_sentence_says_so)
{
    char *path = getenv("PATH") != NULL ? strdup(getenv("PATH")) : NULL;
    struct perf perf;
    struct error err = {0};

    setenv("PATH", "/nowhere", 1);
    assert_int_equal(perf_start(&perf, getpid(), "/tmp/never-written.perf", &err), -1);
    assert_string_equal(err.message, "there is no perf here (Debian: apt-get install linux-perf)");
    if (path != NULL) {
        setenv("PATH", path, 1);
    }
    free(path);
}
