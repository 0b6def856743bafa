// The test program for app/fastcgi.
#define BOOST_TEST_MODULE fastcgi
#include <boost/test/unit_test.hpp>
