// Takes the manual into the program: in C, since the compiler reads a file in no time here, and an array of 60,000
// numbers in Swift takes it half a minute.
#include "CManual.h"

// Of the C standard only since 2023; clang takes it in every one.
#pragma clang diagnostic ignored "-Wc23-extensions"

static const unsigned char run[] = {
#embed "run.md"
};
static const unsigned char bars[] = {
#embed "bars.md"
};
static const unsigned char strategies[] = {
#embed "strategies.md"
};
static const unsigned char proof[] = {
#embed "proof.md"
};
static const unsigned char jobs[] = {
#embed "jobs.md"
};
static const unsigned char operating[] = {
#embed "operating.md"
};
static const unsigned char settings[] = {
#embed "settings.md"
};
static const unsigned char formats[] = {
#embed "formats.md"
};
static const unsigned char exit_codes[] = {
#embed "exit-codes.md"
};

static const struct manual_topic topics[] = {
    {"run", run, sizeof run},
    {"bars", bars, sizeof bars},
    {"strategies", strategies, sizeof strategies},
    {"proof", proof, sizeof proof},
    {"jobs", jobs, sizeof jobs},
    {"operating", operating, sizeof operating},
    {"settings", settings, sizeof settings},
    {"formats", formats, sizeof formats},
    {"exit-codes", exit_codes, sizeof exit_codes},
};

size_t manual_topic_count(void) { return sizeof topics / sizeof *topics; }

struct manual_topic manual_topic_at(size_t number) { return topics[number]; }
