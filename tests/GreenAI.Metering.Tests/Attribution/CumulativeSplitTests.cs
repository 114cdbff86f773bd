using CsCheck;

namespace GreenAI.Metering.Tests;

public sealed class CumulativeSplitTests
{
    [Fact]
    public void Next_AnyAmountAndWeights_PartsSumExactly_EachWithinOneUnitOfItsShare() => Gen.Select(
        Gen.Long[0, 1L << 45], Gen.Long[0, 1L << 40].Array[1, 40]).Sample((amount, weights) =>
        {
            long total = weights.Sum();
            if (total == 0) return;
            var split = new CumulativeSplit(amount, total);
            long sum = 0;
            foreach (long weight in weights)
            {
                long part = split.Next(weight);
                Assert.True(part >= 0);
                Int128 exact = (Int128)amount * weight;
                Assert.True(Int128.Abs(((Int128)part * total) - exact) <= total, "Each part lies within one unit of its share.");
                sum += part;
            }

            Assert.Equal(amount, sum);
        });
}
