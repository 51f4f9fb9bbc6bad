#include <array>

#include "ketensim/chain.hpp"

namespace ketensim {
namespace {

/// The rules stand with the comparison of cases in the simulator, one for each row.
constexpr std::array kQueueOrders{
    Word{"received", "who was received at this step first; the default, and what closes every order"},
    Word{"due",
         "whose norm falls due first: received plus the step's norm on lead time, else on wait, else on service; "
         "a step without a norm is due when received"},
    Word{"longest", "who has been longest in the whole chain: the earliest first report of this passage"},
    Word{"shortest", "whose service is expected to be shortest, among the steps that share the pool"},
};

}  // namespace

std::span<const Word> queue_orders() { return kQueueOrders; }

}  // namespace ketensim
