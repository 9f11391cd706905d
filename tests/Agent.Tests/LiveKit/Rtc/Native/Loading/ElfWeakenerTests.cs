using Agent.LiveKit.Rtc.Native.Loading;
using Agent.Tests.LiveKit.Rtc.Harness;

namespace Agent.Tests.LiveKit.Rtc.Native.Loading;

public class ElfWeakenerTests
{
    [Fact]
    public void Weaken_UndefinedGlobalsWithThePrefix_BecomeWeak()
    {
        var file = SyntheticElf.With(("napi_call", SyntheticElf.Global | 2, 0), ("napi_throw", SyntheticElf.Global, 0));

        Assert.Equal(2, ElfWeakener.Weaken(file, "napi_"u8));

        Assert.Equal(SyntheticElf.Weak | 2, SyntheticElf.InfoOf(file, 0));
        Assert.Equal(SyntheticElf.Weak, SyntheticElf.InfoOf(file, 1));
    }

    [Fact]
    public void Weaken_EverythingElse_StaysAsItIs()
    {
        var file = SyntheticElf.With(
            ("napi_defined_here", SyntheticElf.Global, 7), ("malloc", SyntheticElf.Global, 0), ("napi_weak", SyntheticElf.Weak, 0), ("napi_local", 0, 0), ("nap", SyntheticElf.Global, 0));
        var before = (byte[])file.Clone();

        Assert.Equal(0, ElfWeakener.Weaken(file, "napi_"u8));

        Assert.Equal(before, file);
    }

    [Fact]
    public void Weaken_Twice_ChangesNothingMore()
    {
        var file = SyntheticElf.With(("napi_call", SyntheticElf.Global, 0));
        Assert.Equal(1, ElfWeakener.Weaken(file, "napi_"u8));
        Assert.Equal(0, ElfWeakener.Weaken(file, "napi_"u8));
    }

    [Fact]
    public void Weaken_MutatedFiles_ChangesOrRefusesThemButNeverFailsOtherwise()
    {
        var random = new Random(1);
        var original = SyntheticElf.With(("napi_call", SyntheticElf.Global, 0), ("malloc", SyntheticElf.Global, 0));
        var refused = 0;
        for (var i = 0; i < 20_000; i++)
        {
            var file = (byte[])original.Clone();
            for (var j = random.Next(1, 6); j > 0; j--)
                file[random.Next(file.Length)] = (byte)random.Next(256);
            if (random.Next(4) == 0)
                file = file[..random.Next(file.Length)];
            try
            {
                ElfWeakener.Weaken(file, "napi_"u8);
            }
            catch (InvalidDataException)
            {
                refused++;
            }
        }

        Assert.InRange(refused, 1_000, 19_000);
    }

    [Theory]
    [InlineData("")]
    [InlineData("MZ a Windows library, long enough to hold the header of the other kind of file ....")]
    public void Weaken_NoElf_SaysSo(string content) =>
        Assert.Throws<InvalidDataException>(() => ElfWeakener.Weaken(System.Text.Encoding.ASCII.GetBytes(content), "napi_"u8));
}
