/* built_classes: what became of each class of request in a step, made up out of a few figures. */
#ifndef TWOFOLD_TESTS_SUPPORT_BUILT_KINDS_H
#define TWOFOLD_TESTS_SUPPORT_BUILT_KINDS_H

#include "record/load_record.h"

#include <stddef.h>
#include <stdint.h>

struct built_class {
    const char *name;
    uint64_t offered;
    double usual_ms; /* of each that did not fail and is not slow; failed ones take as long */
    uint64_t slow;   /* of the offered: take slow_ms */
    double slow_ms;
    uint64_t failed; /* of the offered, others than the slow ones */
    enum failure failure;
};

/* Add them to a record that has none; its other figures stay as they are. */
void built_classes_add(struct load_record *load, const struct built_class *classes, size_t count);

#endif
