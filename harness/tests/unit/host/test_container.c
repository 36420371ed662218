#include "host/watch/container.h"

#include "test.h"

#include <string.h>

static void check_refused(const char *output, const char *words)
{
    struct error err = {0};
    pid_t pid = 4711;

    assert_int_equal(container_read_state(output, &pid, &err), -1);
    assert_non_null(strstr(err.message, words));
    assert_int_equal(pid, 4711);
}

TEST(the_state_that_both_engines_print_has_the_process)
{
    pid_t pid = 0;

    assert_int_equal(container_read_state("{\"Status\":\"running\",\"Running\":true,\"Pid\":812,\"ExitCode\":0}\n",
                                          &pid, NULL),
                     0);
    assert_int_equal(pid, 812);
    assert_int_equal(container_read_state("WARN[0000] cgroups v1\n{\"Pid\": 17, \"CgroupPath\": \"/x\"}\n", &pid, NULL),
                     0);
    assert_int_equal(pid, 17);
}

TEST(a_container_that_does_not_run_has_none)
{
    check_refused("{\"Status\":\"exited\",\"Pid\":0}", "it does not run: it is exited");
    check_refused("{}", "it does not run");
    check_refused("[]\n", "cannot be read from \"[]");
    check_refused("", "cannot be read");
}
