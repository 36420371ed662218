/* What people have already, in any format or none: the first byte says which format is named, the rest is the file.
 * What is made of it must be a scenario that is read, with the files beside it. */
#include "base/mem.h"
#include "fuzz.h"
#include "import/import.h"
#include "plan/scenario/scenario.h"

#include <stdlib.h>
#include <string.h>

static const char *const formats[] = {NULL, "har", "openapi", "log", "urls", "curl"};

static void check_sketch(const struct sketch *sketch)
{
    struct scenario scenario;
    struct error err = {0};

    for (size_t i = 0; i < sketch->file_count; i++) {
        free(fuzz_file(sketch->files[i].name, sketch->files[i].text.data, sketch->files[i].text.length));
    }
    char *file = fuzz_file("made.json", sketch->text.data, sketch->text.length);
    FUZZ_HOLDS(scenario_read(&scenario, file, &err) == 0);
    FUZZ_HOLDS(scenario.traffic.request_count <= SKETCH_REQUESTS_MOST);
    scenario_release(&scenario);
    free(file);
}

static void check_remarks(const struct remarks *remarks)
{
    struct text text = {0};

    remarks_write(remarks, &text);
    for (size_t i = 0; i < text.length; i++) {
        FUZZ_HOLDS((unsigned char)text.data[i] >= 0x20 || text.data[i] == '\n');
    }
    text_release(&text);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct fuzz_bytes bytes = {data, size};
    uint8_t format = fuzz_byte(&bytes);
    const struct import_options options = {.name = "made",
                                           .format = formats[format % (sizeof formats / sizeof formats[0])]};
    char *file = fuzz_file("input", bytes.at, bytes.left);
    struct sketch sketch;
    struct remarks remarks = {0};
    struct error err = {0};

    if (fuzz_taken(import_read(&sketch, file, &options, &remarks, &err), &err)) {
        check_sketch(&sketch);
        sketch_release(&sketch);
    }
    FUZZ_HOLDS(strncmp(err.message, "the scenario that was made", 26) != 0);
    check_remarks(&remarks);
    remarks_release(&remarks);
    free(file);
    return 0;
}
