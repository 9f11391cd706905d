using System.Runtime.InteropServices;
using Agent.Providers.Connections;
using FsCheck;
using FsCheck.Fluent;

namespace Agent.Tests.Providers.Connections;

public sealed class PcmReaderTests
{
    [Fact]
    public void Read_CutAnywhere_GivesTheSameSamples()
    {
        Prop.ForAll(
            ArbMap.Default.ArbFor<short[]>(),
            ArbMap.Default.ArbFor<PositiveInt[]>(),
            (samples, cuts) =>
            {
                var bytes = MemoryMarshal.AsBytes<short>(samples).ToArray();
                var reader = new PcmReader(24_000);
                var read = new List<short>();
                var at = 0;
                foreach (var cut in cuts.Select(cut => cut.Get).Append(int.MaxValue))
                {
                    var count = Math.Min(cut, bytes.Length - at);
                    using var frame = reader.Read(bytes.AsSpan(at, count));
                    at += count;
                    if (frame is null)
                        continue;
                    if (frame.Position != read.Count || frame.SampleRateHz != 24_000)
                        return false;
                    read.AddRange(frame.Samples.Span);
                }

                return read.SequenceEqual(samples) && reader.Samples == samples.Length;
            }).QuickCheckThrowOnFailure();
    }

    [Fact]
    public void Read_OddByteAtTheEnd_IsNoSample()
    {
        var reader = new PcmReader(16_000);
        using var frame = reader.Read([1, 0, 2]);
        Assert.Equal([(short)1], frame!.Samples.ToArray());
        Assert.Equal(TimeSpan.FromTicks(625), reader.Duration);
    }
}
