/* Services started in boxes, as a run starts them. */
#include "bench/service/boxing.h"

#include "base/mem.h"
#include "bench/service/instance.h"
#include "test.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

static struct core_set cores_of(unsigned count)
{
    struct core_set cores = {{0}};

    for (unsigned i = 0; i < count; i++) {
        core_set_add(&cores, i);
    }
    return cores;
}

static void skip_without_groups(void)
{
    const struct core_set cores = cores_of(2);
    struct box box = {.cpus = 0.5, .memory_bytes = 64 << 20};
    struct error err = {0};

    if (boxing_begin(&(struct box_list){.boxes = &box, .count = 1}, &(struct boxing_options){.cores = &cores}, &err) !=
        0) {
        print_message("%s\n", err.message);
        skip();
    }
}

/* The message of a start that fails. */
static struct error fail_to_start(char *const *argv, const struct box *box)
{
    struct manifest manifest = {.name = (char *)"toy",
                                .folder = (char *)"/",
                                .ready = (char *)MANIFEST_READY,
                                .run = {.argv = (char **)(uintptr_t)argv},
                                .box = *box};
    const struct core_set cores = cores_of(2);
    struct instance instance;
    struct error err = {0};

    assert_int_equal(instance_start(&instance, &(struct instance_options){.manifest = &manifest, .cores = &cores},
                                    &err),
                     -1);
    return err;
}

TEST(a_service_is_told_the_cores_of_its_box_and_a_failed_start_names_it)
{
    char *argv[] = {(char *)"sh", (char *)"-c", (char *)"echo it has $CORES; exit 3", NULL};

    skip_without_groups();
    struct error err = fail_to_start(argv, &(struct box){.cpus = 0.5});
    assert_non_null(strstr(err.message, "the service exited with status 3 in its box (cpus=0.5); its last output: it "
                                        "has 1"));
    err = fail_to_start(argv, &(struct box){.cpus = 1.5});
    assert_non_null(strstr(err.message, "it has 2"));
    err = fail_to_start(argv, &(struct box){0});
    assert_non_null(strstr(err.message, "exited with status 3; its last output: it has 2"));
}

TEST(one_that_is_too_small_to_start_in_is_the_reason)
{
    char *argv[] = {TOY_SERVICE, (char *)"memory", NULL};

    skip_without_groups();
    struct error err = fail_to_start(argv, &(struct box){.memory_bytes = 1 << 20});
    if (strstr(err.message, "was killed by SIGKILL in its box (memory=1MiB), whose memory ran out") == NULL) {
        fail_msg("%s", err.message);
    }
}

/* What the shell starts leaves its session, its parent and its environment. */
TEST(what_a_service_let_go_of_ends_with_it)
{
    char *argv[] = {(char *)"sh", (char *)"-c", (char *)"(setsid env -i sleep 600 &); exec " TOY_SERVICE " memory",
                    NULL};
    struct manifest manifest = {.name = (char *)"toy",
                                .folder = (char *)"/",
                                .ready = (char *)MANIFEST_READY,
                                .run = {.argv = argv}};
    const struct core_set cores = cores_of(2);
    struct instance instance;
    struct sample sample;
    struct error err = {0};
    struct stat there;

    skip_without_groups();
    if (instance_start(&instance, &(struct instance_options){.manifest = &manifest, .cores = &cores}, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_non_null(instance.group); /* though it has no box */
    watch_sample(instance.watch, &sample);
    assert_int_equal(sample.processes, 2);
    char *folder = mem_string(box_group_folders(instance.group)[0]);
    instance_stop(&instance);
    assert_int_equal(stat(folder, &there), -1); /* which takes that nothing is left in it */
    free(folder);
}

TEST(a_box_that_is_larger_than_the_services_cores_is_refused)
{
    const struct core_set cores = cores_of(2);
    struct box boxes[] = {{.cpus = 0.5}, {.cpus = 2.5}};
    struct error err = {0};

    skip_without_groups();
    assert_int_equal(boxing_begin(&(struct box_list){.boxes = boxes, .count = 2},
                                  &(struct boxing_options){.cores = &cores}, &err),
                     -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, "a box of 2.5 cpus would not be what limits a service: services have 2 cores"));
}
