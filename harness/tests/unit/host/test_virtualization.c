#include "host/machine/virtualization.h"

#include "test.h"

#include <stdlib.h>

#define CASES   TESTS_FOLDER "/cases/virtualization/"
#define REAL    "model name\t: x\nflags\t\t: fpu vme sse2\n"
#define VIRTUAL "model name\t: x\nflags\t\t: fpu vme hypervisor sse2\n"
#define ARM     "Features\t: fp asimd hypervisor\n"

static void check(const char *cpuinfo, const char *root, const char *expected)
{
    char *found = virtualization_find(cpuinfo, root);
    assert_string_equal(found, expected);
    free(found);
}

TEST(the_maker_is_read_from_the_firmware)
{
    check(VIRTUAL, CASES "qemu", "qemu");
    check(VIRTUAL, CASES "google", "google");
    check(VIRTUAL, CASES "hyperv", "microsoft");
    check(ARM, CASES "qemu", "qemu");
    check(NULL, CASES "google", "google");
}

TEST(the_hypervisors_own_word_comes_first)
{
    check(REAL, CASES "xen", "xen");
}

TEST(a_real_machine_is_told_by_the_missing_flag)
{
    check(REAL, "/nowhere", "none");
    check(REAL, CASES "google", "none");
    check(REAL, CASES "metal", "none");
    check("flags\t: hypervisorx xhypervisor\n", "/nowhere", "none");
}

TEST(what_nothing_tells_is_not_made_up)
{
    check(VIRTUAL, "/nowhere", "hypervisor");
    check(ARM, "/nowhere", "unknown");
    check(ARM, CASES "metal", "unknown");
    check(NULL, "/nowhere", "unknown");
    check("", "/nowhere", "unknown");
}
