using Agent.Providers.Deepgram.Speaking;
using Agent.Tests.Worker;

namespace Agent.Tests.Providers.Deepgram;

public sealed class AuraScriptTests
{
    private readonly ManualTime _time = new();

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Take_LongText_IsCutAtSpacesWithinTheLimitAndLosesNothing()
    {
        var script = new AuraScript(_time);
        var text = string.Join(' ', Enumerable.Range(0, 900).Select(i => $"word{i}"));
        script.Write(text);
        script.Write(new string('x', 4_100));
        script.Complete();

        var batches = new List<string>();
        while (await script.TakeAsync(TimeSpan.Zero, Cancellation) is { } batch)
            batches.Add(batch);

        Assert.All(batches, batch => Assert.InRange(batch.Length, 1, AuraScript.MaxCharacters));
        Assert.All(batches.Take(3), batch => Assert.Matches("^word[0-9]+ ", batch));
        Assert.Equal((text + new string('x', 4_100)).Replace(" ", "", StringComparison.Ordinal), string.Concat(batches).Replace(" ", "", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Take_WhileSoundIsLeft_GathersUntilItIsNot()
    {
        var script = new AuraScript(_time);
        script.Write("One,");
        var taking = script.TakeAsync(TimeSpan.FromSeconds(2), Cancellation).AsTask();
        script.Write("two.");
        Assert.False(taking.IsCompleted);

        _time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("One, two. ", await taking.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancellation));
    }

    [Fact]
    public async Task Take_CompleteWhileGathering_DoesNotWait()
    {
        var script = new AuraScript(_time);
        script.Write("Only this.");
        var taking = script.TakeAsync(TimeSpan.FromSeconds(60), Cancellation).AsTask();

        script.Complete();

        Assert.Equal("Only this. ", await taking.WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancellation));
        Assert.Null(await script.TakeAsync(TimeSpan.FromSeconds(60), Cancellation));
    }
}
