#include "host/machine/virtualization.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

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

static void the_maker_is_read_from_the_firmware(void **state)
{
    (void)state;
    check(VIRTUAL, CASES "qemu", "qemu");
    check(VIRTUAL, CASES "google", "google");
    check(VIRTUAL, CASES "hyperv", "microsoft");
    check(ARM, CASES "qemu", "qemu");
    check(NULL, CASES "google", "google");
}

static void the_hypervisors_own_word_comes_first(void **state)
{
    (void)state;
    check(REAL, CASES "xen", "xen");
}

static void a_real_machine_is_told_by_the_missing_flag(void **state)
{
    (void)state;
    check(REAL, "/nowhere", "none");
    check(REAL, CASES "google", "none");
    check(REAL, CASES "metal", "none");
    check("flags\t: hypervisorx xhypervisor\n", "/nowhere", "none");
}

static void what_nothing_tells_is_not_made_up(void **state)
{
    (void)state;
    check(VIRTUAL, "/nowhere", "hypervisor");
    check(ARM, "/nowhere", "unknown");
    check(ARM, CASES "metal", "unknown");
    check(NULL, "/nowhere", "unknown");
    check("", "/nowhere", "unknown");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_maker_is_read_from_the_firmware),
        cmocka_unit_test(the_hypervisors_own_word_comes_first),
        cmocka_unit_test(a_real_machine_is_told_by_the_missing_flag),
        cmocka_unit_test(what_nothing_tells_is_not_made_up),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
