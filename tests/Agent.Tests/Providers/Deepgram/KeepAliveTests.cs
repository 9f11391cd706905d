using Agent.LoopbackVendors;
using Agent.Providers.Catalog;
using Agent.Providers.Deepgram;
using Agent.Providers.Deepgram.Listening;
using Agent.Tests.Worker;
using Microsoft.Extensions.Logging.Abstractions;

namespace Agent.Tests.Providers.Deepgram;

public sealed class KeepAliveTests
{
    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Nova_WithoutAudio_SaysEveryFourSecondsThatItIsThere()
    {
        await using var vendors = await LoopbackVendorHost.StartAsync(cancellationToken: Cancellation);
        var time = new ManualTime();
        var options = new DeepgramOptions { ApiKey = "key", BaseUrl = vendors.Address };
        await using var recogniser = new DeepgramSpeechToText(
            DeepgramListenFactory.ModelOf(ProviderName.Parse("deepgram/nova-3"), options), options, time, NullLogger<DeepgramSpeechToText>.Instance);
        var stream = await recogniser.OpenAsync(Cancellation);
        for (var told = 1; told <= 3; told++)
        {
            await time.TimerSetAsync(TimeSpan.FromSeconds(4)).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancellation);
            time.Advance(TimeSpan.FromSeconds(4));
            await vendors.Requests.WaitAsync(log => log.All[0].Events.Count == told, Cancellation).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancellation);
        }

        await stream.DisposeAsync();

        await vendors.Requests.WaitAsync(log => log.All[0].Events.Count > 3, Cancellation).WaitAsync(TimeSpan.FromSeconds(30), TimeProvider.System, Cancellation);
        Assert.Equal(["KeepAlive", "KeepAlive", "KeepAlive", "CloseStream"], vendors.Requests.All[0].Events.Take(4));
    }
}
