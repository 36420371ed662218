#include "plan/box.h"

#include "base/mem.h"
#include "test.h"

#include <stdlib.h>
#include <string.h>

static const uint64_t MIB = UINT64_C(1) << 20;

static struct box box_of(const char *text)
{
    struct error err = {0};
    struct box box = {0};

    if (box_read_text(&box, text, &err) != 0) {
        fail_msg("%s: %s", text, err.message);
    }
    return box;
}

TEST(a_box_is_read_from_one_key_or_both_in_any_order)
{
    struct box box = box_of("cpus=0.5,memory=256MiB");

    assert_true(box.cpus == 0.5);
    assert_int_equal(box.memory_bytes, 256 * MIB);
    box = box_of("memory=1GiB,cpus=2");
    assert_true(box.cpus == 2);
    assert_int_equal(box.memory_bytes, 1024 * MIB);
    box = box_of("cpus=0.01");
    assert_true(box.cpus == 0.01 && box.memory_bytes == 0);
    box = box_of("memory=100MB");
    assert_true(box.cpus == 0 && box.memory_bytes == 100000000);
}

static const struct wrong_box {
    const char *name, *said;
} wrong[] = {
    {"", "expected a box such as cpus=0.5,memory=256MiB"},
    {"0.5", "expected a box such as cpus=0.5,memory=256MiB, found \"0.5\""},
    {"cpus=0", "cpus: expected a number of cores from 0.01 to 1024, such as 0.5, found \"0\""},
    {"cpus=0.001", "found \"0.001\""},
    {"cpus=1025", "found \"1025\""},
    {"cpus=-1", "found \"-1\""},
    {"cpus=nan", "found \"nan\""},
    {"cpus=0x1", "found \"0x1\""},
    {"cpus=1e2", "found \"1e2\""},
    {"cpus=1.2.3", "found \"1.2.3\""},
    {"cpus=.", "found \".\""},
    {"cpus=", "found \"\""},
    {"cpus=500m", "found \"500m\""},
    {"memory=256", "memory: expected a size such as 256MiB, found \"256\""},
    {"memory=0MiB", "found \"0MiB\""},
    {"memory=", "found \"\""},
    {"cpus=0.5,", "cpus: expected a number of cores"},
    {"cpu=0.5", "a box has no \"cpu\"; did you mean cpus"},
    {"disk=5GiB", "a box has no \"disk\"; it has cores, cpus and memory"},
    {"cores=0", "cores: expected a whole number from 1 to 1024, such as 2, found \"0\""},
    {"cores=1.5", "found \"1.5\""},
    {"cores=1,2,cpus=1,2", "only one of cores, cpus and memory can have several values"},
    {"cores=2,1", "cores: expected each value to be larger than the one before it"},
    {"cpus=0.5,cpus=1", "cpus stands there twice"},
    {"memory=1MiB,cpus=1,memory=2MiB", "memory stands there twice"},
    {"cpus=0.5,1", "expected one box, found 2"},
};

TEST_EACH(what_is_no_box_is_refused_by_what_was_expected, wrong)
{
    const struct wrong_box *this = *state;
    struct error err = {0};
    struct box box = {.cpus = 7};

    assert_int_equal(box_read_text(&box, this->name, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    if (strstr(err.message, this->said) == NULL) {
        fail_msg("%s: %s", this->name, err.message);
    }
    assert_true(box.cpus == 7); /* untouched */
}

TEST(several_boxes_differ_in_one_key)
{
    struct box_list list;

    assert_int_equal(box_list_read_text(&list, "cpus=0.25,0.5,1,memory=256MiB", NULL), 0);
    assert_int_equal(list.count, 3);
    assert_true(list.boxes[0].cpus == 0.25 && list.boxes[2].cpus == 1);
    assert_int_equal(list.boxes[2].memory_bytes, 256 * MIB);
    box_list_release(&list);
    assert_int_equal(box_list_read_text(&list, "cpus=1,memory=128MiB,256MiB", NULL), 0);
    assert_int_equal(list.count, 2);
    assert_int_equal(list.boxes[0].memory_bytes, 128 * MIB);
    assert_true(list.boxes[1].cpus == 1);
    box_list_release(&list);
}

static const struct wrong_box wrong_lists[] = {
    {"cpus=1,2,memory=1GiB,2GiB", "only one of cores, cpus and memory can have several values"},
    {"cpus=0.5,0.25", "cpus: expected each value to be larger than the one before it"},
    {"memory=1GiB,1024MiB", "memory: expected each value to be larger"},
    {"cpus=1,2,3,4,5,6,7,8,9,10,11,12,13,14,15,16,17", "cpus: expected at most 16 values"},
};

TEST_EACH(boxes_that_are_no_ladder_are_refused, wrong_lists)
{
    const struct wrong_box *this = *state;
    struct box_list list = {0};
    struct error err = {0};

    assert_int_equal(box_list_read_text(&list, this->name, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, this->said));
    assert_null(list.boxes);
}

static const struct wrong_box texts[] = {
    {"cpus=0.5,memory=256MiB", "cpus=0.5,memory=256MiB"},
    {"memory=1024MiB,cpus=1.0", "cpus=1,memory=1GiB"},
    {"memory=1500kB", "memory=1500000B"},
    {"cpus=0.25,0.5,1,memory=64MiB", "cpus=0.25,0.5,1,memory=64MiB"},
    {"cpus=1,memory=64MiB,128MiB", "cpus=1,memory=64MiB,128MiB"},
};

TEST_EACH(the_text_of_boxes_is_read_as_the_same_boxes, texts)
{
    const struct wrong_box *this = *state;
    struct box_list list, again;

    assert_int_equal(box_list_read_text(&list, this->name, NULL), 0);
    char *text = box_list_text(&list);
    assert_string_equal(text, this->said);
    assert_int_equal(box_list_read_text(&again, text, NULL), 0);
    assert_int_equal(again.count, list.count);
    assert_memory_equal(again.boxes, list.boxes, list.count * sizeof *list.boxes);
    free(text);
    box_list_release(&list);
    box_list_release(&again);
}

TEST(nothing_limited_is_no_text)
{
    char *text = box_text(&(struct box){0});

    assert_string_equal(text, "");
    assert_false(box_limits(&(struct box){0}));
    assert_true(box_limits(&(struct box){.memory_bytes = 1}));
    free(text);
}

TEST(a_program_is_told_the_cores_of_its_box_rounded_up)
{
    assert_int_equal(box_cores(&(struct box){0}, 7), 7);
    assert_int_equal(box_cores(&(struct box){.cpus = 0.25}, 7), 1);
    assert_int_equal(box_cores(&(struct box){.cpus = 1}, 7), 1);
    assert_int_equal(box_cores(&(struct box){.cpus = 1.5}, 7), 2);
    assert_int_equal(box_cores(&(struct box){.cpus = 9}, 7), 7);
    assert_int_equal(box_cores(&(struct box){.cpus = 0.5}, 1), 1);
    assert_int_equal(box_cores(&(struct box){.cores = 2}, 7), 2);
    assert_int_equal(box_cores(&(struct box){.cores = 8}, 7), 7);
    assert_int_equal(box_cores(&(struct box){.cores = 4, .cpus = 1.5}, 7), 2);
}

TEST(whole_cores_are_no_limit_that_a_control_group_holds)
{
    struct box box = box_of("cores=2");
    char *text = box_text(&box);

    assert_int_equal(box.cores, 2);
    assert_true(box_is_any(&box) && !box_limits(&box));
    assert_string_equal(text, "cores=2");
    free(text);
    box = box_of("cores=2,memory=256MiB");
    assert_true(box_is_any(&box) && box_limits(&box));
    assert_false(box_is_any(&(struct box){0}));
}

TEST(a_name_tells_the_boxes_of_a_service_apart)
{
    static const struct {
        const char *boxes, *name;
    } cases[] = {
        {"cpus=0.25,0.5,memory=128MiB", "go@0.25cpu"},
        {"memory=128MiB,256MiB,cpus=0.25", "go@128MiB"},
        {"cores=1,2,4", "go@1core"},
        {"cores=2,cpus=0.5,1", "go@0.5cpu"},
    };

    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct box_list list;
        assert_int_equal(box_list_read_text(&list, cases[i].boxes, NULL), 0);
        char *name = box_name("go", &list.boxes[0], &list);
        assert_string_equal(name, cases[i].name);
        free(name);
        box_list_release(&list);
    }
}
