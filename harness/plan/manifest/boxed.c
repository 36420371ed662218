#include "plan/manifest/boxed.h"

#include "base/list.h"
#include "base/mem.h"

#include <stdlib.h>

static void add(struct boxed *boxed, const struct manifest *manifest, const struct box *box,
                const struct box_list *boxes)
{
    struct manifest *one = list_add(boxed->manifests, boxed->count);

    *one = *manifest;
    one->name = mem_string(manifest->name);
    if (box != NULL) {
        one->box = *box;
    }
    if (boxes->count > 1) {
        one->unboxed = one->name;
        one->name = box_name(manifest->name, box, boxes);
    }
}

int boxed_make(struct boxed *ret_boxed, const struct manifest *manifests, size_t count, const struct box_list *boxes,
               struct error *err)
{
    struct boxed boxed = {0};

    for (size_t i = 0; i < count; i++) {
        if (boxes->count > 0 && manifests[i].attached != NULL) {
            boxed_release(&boxed);
            return error_input(err, "a box is for services that twofold starts; %s runs already", manifests[i].name);
        }
        add(&boxed, &manifests[i], boxes->count > 0 ? &boxes->boxes[0] : NULL, boxes);
        for (size_t k = 1; k < boxes->count; k++) {
            add(&boxed, &manifests[i], &boxes->boxes[k], boxes);
        }
    }
    *ret_boxed = boxed;
    return 0;
}

void boxed_release(struct boxed *boxed)
{
    for (size_t i = 0; i < boxed->count; i++) {
        free(boxed->manifests[i].name);
        free(boxed->manifests[i].unboxed);
    }
    free(boxed->manifests);
    *boxed = (struct boxed){0};
}
