#include "poison_case.h"

#include "built_classes.h"

#include <stdint.h>

enum { READ, WRITE, CUT, NO_ID, CLASSES };

static const char scenario[] =
    "{\"schema\": 1, \"name\": \"poison\", \"why\": \"one in a hundred is malformed\",\n"
    " \"requests\": [{\"name\": \"read\", \"weight\": 890, \"path\": \"/items/1\"},\n"
    "   {\"name\": \"write\", \"weight\": 100, \"method\": \"POST\", \"path\": \"/items\", \"body\": \"x\"},\n"
    "   {\"name\": \"cut JSON\", \"weight\": 6, \"method\": \"POST\", \"path\": \"/items\", \"body\": \"{{\",\n"
    "    \"expect\": {\"status\": 400}},\n"
    "   {\"name\": \"no id\", \"weight\": 4, \"path\": \"/items/x\", \"expect\": {\"status\": 422}}],\n"
    " \"double\": {\"what\": \"rate\", \"from\": 1000, \"steps\": 4},\n"
    " \"step\": {\"warmup\": \"1s\", \"measure\": \"5s\"},\n"
    " \"limits\": {\"p99\": \"50ms\", \"errors\": \"0.5%\", \"throughput\": \"95%\"}}\n";

/* The classes of a step of `level` requests a second that all went well. */
static void fill_classes(struct built_class classes[CLASSES], uint64_t level, double ms)
{
    static const char *const names[CLASSES] = {"read", "write", "cut JSON", "no id"};
    static const uint64_t weights[CLASSES] = {890, 100, 6, 4};

    for (int i = 0; i < CLASSES; i++) {
        classes[i] = (struct built_class){.name = names[i], .offered = level * 5 * weights[i] / 1000, .usual_ms = ms};
    }
}

static void fail_class(struct built_class *kind, uint64_t failed, enum failure failure)
{
    kind->failed = failed;
    kind->failure = failure;
}

static void hold(struct findings_builder *builder, uint64_t level)
{
    struct step_spec spec = {level, VERDICT_PASS, 1, FAILURE_TIMEOUT, 1.5, 6, 1, 0.5, 60};
    struct built_class classes[CLASSES];

    builder_step(builder, 0, &spec);
    fill_classes(classes, level, 1.5);
    classes[READ].slow = classes[READ].offered / 50;
    classes[READ].slow_ms = 6;
    builder_classes(builder, classes, CLASSES);
}

/* All suffer alike: nothing to name. */
static void all_suffer(struct findings_builder *builder)
{
    struct step_spec spec = {4000, VERDICT_BREAK, 0.9, FAILURE_TIMEOUT, 91, 1310, 1.97, 0.99, 96};
    struct built_class classes[CLASSES];

    builder_backend(builder, "rust", "Rust", "axum");
    hold(builder, 2000);
    builder_step(builder, 0, &spec);
    fill_classes(classes, 4000, 91);
    for (int i = 0; i < CLASSES; i++) {
        fail_class(&classes[i], classes[i].offered / 10, FAILURE_TIMEOUT);
    }
    builder_classes(builder, classes, CLASSES);
    builder_breach(builder, LIMIT_LATENCY, 1250, 1310e6);
    builder_breach(builder, LIMIT_ERRORS, 1250, 0.1);
    builder_cause(builder, CAUSE_CPU);
}

/* One kind fails as a whole, and its share of all is below the limit. */
static void one_kind_gets_500(struct findings_builder *builder)
{
    struct step_spec spec = {1000, VERDICT_BREAK, 0.996, FAILURE_STATUS, 1.5, 6, 1, 0.5, 60};
    struct built_class classes[CLASSES];

    builder_backend(builder, "go", "Go", "net/http");
    builder_step(builder, 0, &spec);
    fill_classes(classes, 1000, 1.5);
    fail_class(&classes[CUT], 1, FAILURE_UNANSWERED);
    fail_class(&classes[NO_ID], classes[NO_ID].offered, FAILURE_STATUS);
    builder_classes(builder, classes, CLASSES);
    builder_breach(builder, LIMIT_ERRORS, 5000, 21.0 / 50);
    builder_breach_of(builder, EXPECT_ERROR);
}

/* Those to be served are slow where quick refusals hide it; two classes fail in ways of their own. */
static void those_to_be_served_suffer(struct findings_builder *builder)
{
    struct step_spec spec = {8000, VERDICT_BREAK, 0.99, FAILURE_RESET, 1.5, 49, 1, 0.5, 60};
    struct built_class classes[CLASSES];

    builder_backend(builder, "node", "JavaScript", "Fastify");
    hold(builder, 4000);
    builder_step(builder, 0, &spec);
    fill_classes(classes, 8000, 1.5);
    classes[READ].slow = classes[READ].offered / 50;
    classes[READ].slow_ms = 51;
    fail_class(&classes[WRITE], 300, FAILURE_RESET);
    fail_class(&classes[CUT], 100, FAILURE_STATUS);
    builder_classes(builder, classes, CLASSES);
    struct tally *tally = &((struct step_record *)builder->step->record)->load.tally;
    tally->failures[FAILURE_RESET] = 300;
    tally->failures[FAILURE_STATUS] = 100;
    builder_breach(builder, LIMIT_ERRORS, 1000, 0.01);
    builder_breach(builder, LIMIT_LATENCY, 1000, 51e6);
    builder_breach_of(builder, EXPECT_SUCCESS);
    builder_cause(builder, CAUSE_WAITING);
}

void poison_case(struct findings_builder *builder)
{
    builder_init(builder, scenario);
    those_to_be_served_suffer(builder);
    all_suffer(builder);
    one_kind_gets_500(builder);
    builder_finish(builder);
}
