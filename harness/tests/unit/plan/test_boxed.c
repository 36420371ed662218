#include "plan/manifest/boxed.h"

#include "test.h"

#include <string.h>

static const struct manifest manifests[] = {{.name = (char *)"go", .folder = (char *)"b/go"}, {.name = (char *)"rust"}};

static struct boxed make(const char *text)
{
    struct box_list boxes = {0};
    struct error err = {0};
    struct boxed boxed;

    if (text != NULL && box_list_read_text(&boxes, text, &err) != 0) {
        fail_msg("%s", err.message);
    }
    assert_int_equal(boxed_make(&boxed, manifests, 2, &boxes, &err), 0);
    box_list_release(&boxes);
    return boxed;
}

TEST(without_a_box_services_are_as_they_were)
{
    struct boxed boxed = make(NULL);

    assert_int_equal(boxed.count, 2);
    assert_string_equal(boxed.manifests[0].name, "go");
    assert_ptr_equal(boxed.manifests[0].folder, manifests[0].folder);
    assert_false(box_limits(&boxed.manifests[0].box));
    boxed_release(&boxed);
}

TEST(one_box_is_every_services_and_changes_no_name)
{
    struct boxed boxed = make("cpus=0.5,memory=64MiB");

    assert_int_equal(boxed.count, 2);
    for (size_t i = 0; i < 2; i++) {
        assert_string_equal(boxed.manifests[i].name, manifests[i].name);
        assert_null(boxed.manifests[i].unboxed);
        assert_true(boxed.manifests[i].box.cpus == 0.5);
        assert_int_equal(boxed.manifests[i].box.memory_bytes, 64 << 20);
    }
    boxed_release(&boxed);
}

TEST(in_several_boxes_each_service_takes_part_once_a_box)
{
    static const char *const names[] = {"go@0.25cpu", "go@0.5cpu", "rust@0.25cpu", "rust@0.5cpu"};
    struct boxed boxed = make("cpus=0.25,0.5");

    assert_int_equal(boxed.count, 4);
    for (size_t i = 0; i < 4; i++) {
        assert_string_equal(boxed.manifests[i].name, names[i]);
        assert_string_equal(boxed.manifests[i].unboxed, manifests[i / 2].name);
        assert_true(boxed.manifests[i].box.cpus == (i % 2 == 0 ? 0.25 : 0.5));
    }
    boxed_release(&boxed);
}

TEST(a_service_that_runs_already_cannot_be_put_into_a_box)
{
    struct attachment attached = {0};
    const struct manifest mixed[] = {{.name = (char *)"go"}, {.name = (char *)"shop", .attached = &attached}};
    struct box box = {.cpus = 1};
    struct error err = {0};
    struct boxed boxed = {0};

    assert_int_equal(boxed_make(&boxed, mixed, 2, &(struct box_list){.boxes = &box, .count = 1}, &err), -1);
    assert_int_equal(err.kind, ERROR_INPUT);
    assert_non_null(strstr(err.message, "a box is for services that twofold starts; shop runs already"));
    assert_null(boxed.manifests);
    assert_int_equal(boxed_make(&boxed, mixed, 2, &(struct box_list){0}, &err), 0);
    assert_int_equal(boxed.count, 2);
    boxed_release(&boxed);
}
