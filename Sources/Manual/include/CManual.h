// The manual as it stands beside manual.c, a topic for each file of Markdown.
#pragma once

#include <stddef.h>

// A topic by its name, with its text in UTF-8, which no byte ends.
struct manual_topic {
  const char *name;
  const unsigned char *text;
  size_t length;
};

// How many topics there are.
size_t manual_topic_count(void);

// The topic of that number, from 0 on, in the order in which one reads them.
struct manual_topic manual_topic_at(size_t number);
