using System.Threading.Channels;
using Agent.Providers.Connections;

namespace Agent.Providers.AzureSpeech.Recognition;

/// <summary>One turn of the protocol: a request with an identifier of its own, audio, results, <c>turn.end</c>.</summary>
/// <param name="socket">The connection that it is on.</param>
/// <param name="id">Its identifier.</param>
/// <param name="baseSample">The position of its first sample in the stream; the service counts from there.</param>
internal sealed class RecognitionTurn(VendorSocket socket, string id, long baseSample)
{
    private readonly Channel<byte> _progress = Channel.CreateBounded<byte>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private long _recognised = baseSample;
    private volatile bool _isEnded;
    private volatile bool _isHearing;

    public VendorSocket Socket { get; } = socket;

    public string Id { get; } = id;

    public long BaseSample { get; } = baseSample;

    /// <summary>Whether the client has said that no more audio comes.</summary>
    public bool IsFinished { get; set; }

    /// <summary>Whether the service has said that no more results come.</summary>
    public bool IsEnded => _isEnded;

    /// <summary>Whether the service is in the middle of a phrase.</summary>
    public bool IsHearing
    {
        get => _isHearing;
        set => _isHearing = value;
    }

    /// <summary>The position up to which results are final.</summary>
    public long Recognised => Interlocked.Read(ref _recognised);

    /// <summary>A time of the service, in units of 100 ns from the turn's beginning, from the stream's beginning.</summary>
    public TimeSpan At(long ticks) => new((BaseSample * TimeSpan.TicksPerSecond / RecognitionSettings.SampleRateHz) + ticks);

    /// <summary>Notes where a result ended, in units of 100 ns from the turn's beginning.</summary>
    public void Recognise(long ticks)
    {
        var position = BaseSample + (ticks * RecognitionSettings.SampleRateHz / TimeSpan.TicksPerSecond);
        if (position > Recognised)
            Interlocked.Exchange(ref _recognised, position);
    }

    public void End()
    {
        _isEnded = true;
        Progress();
    }

    /// <summary>Tells whoever waits that something has come.</summary>
    public void Progress() => _progress.Writer.TryWrite(0);

    /// <summary>Waits until something has come that nobody has waited for yet.</summary>
    public ValueTask<byte> ProgressAsync(CancellationToken cancellationToken) => _progress.Reader.ReadAsync(cancellationToken);
}
