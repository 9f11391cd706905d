using System.Threading.Channels;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Speech;
using Agent.Providers.Resilience;
using Agent.Providers.Synthesizers;
using Agent.Providers.Vendors;
using Microsoft.Extensions.Logging;

namespace Agent.Providers.ElevenLabs;

/// <summary>
/// One utterance: clauses in, sound out. What the service makes faster than it is read waits here, at most the whole utterance: the connection is shared, so that
/// nobody may hold it up. Until the first sound a failed connection is replaced, and the clauses are said again on the next.
/// </summary>
internal sealed class ElevenLabsSynthesis : ISynthesis, IElevenLabsListener
{
    private static readonly TimeSpan s_cancelPatience = TimeSpan.FromMilliseconds(250);

    private readonly Lock _gate = new();
    private readonly Channel<SynthesizedAudio> _sound = Channel.CreateUnbounded<SynthesizedAudio>();
    private readonly CancellationTokenSource _disposed = new();
    private readonly List<string> _unheard = [];
    private readonly ElevenLabsTextToSpeech _provider;
    private readonly VendorCall _call;
    private readonly ElevenLabsOptions _options;
    private readonly TimeProvider _time;
    private readonly ILogger _logger;
    private readonly PendingText _texts;
    private readonly Task _loop;
    private ElevenLabsContext? _context;
    private long _characters;
    private long _samples;
    private int _attempts;
    private int _isDisposed;

    public ElevenLabsSynthesis(ElevenLabsTextToSpeech provider, VendorCall call, ElevenLabsOptions options, TimeProvider time, ILogger logger)
    {
        _provider = provider;
        _call = call;
        _options = options;
        _time = time;
        _logger = logger;
        _texts = new PendingText(_disposed.Token);
        _loop = Task.Run(SpeakAsync);
    }

    public SpeechUsage Usage => new(TimeSpan.FromSeconds((double)Interlocked.Read(ref _samples) / _options.SampleRateHz), Interlocked.Read(ref _characters));

    public async ValueTask WriteAsync(string text, CancellationToken cancellationToken)
    {
        // What has no word would be voiced as a noise.
        var clause = text.Trim();
        if (!clause.Any(char.IsLetterOrDigit))
            return;
        await _texts.WriteAsync(clause, cancellationToken);
    }

    public void Complete() => _texts.Complete();

    public IAsyncEnumerable<SynthesizedAudio> ReadAsync(CancellationToken cancellationToken) => _sound.Reader.ReadAllAsync(cancellationToken);

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, 1) != 0)
            return;
        lock (_gate)
        {
            // From here on nothing reaches the reader.
            _sound.Writer.TryComplete();
            while (_sound.Reader.TryRead(out var unread))
                unread.Frame.Dispose();
        }

        _texts.Complete();
        await _disposed.CancelAsync();
        await _loop;
        _disposed.Dispose();
    }

    void IElevenLabsListener.OnSound(SynthesizedAudio sound)
    {
        lock (_gate)
        {
            if (Volatile.Read(ref _isDisposed) == 0 && _sound.Writer.TryWrite(sound))
            {
                Interlocked.Add(ref _samples, sound.Frame.Samples.Length);
                return;
            }
        }

        sound.Frame.Dispose();
    }

    private async Task SpeakAsync()
    {
        Exception? failure = null;
        try
        {
            if (await _texts.Reader.WaitToReadAsync(_disposed.Token))
            {
                _context = await _call.ExecuteAsync(VendorStage.FirstByte, StartAsync, _disposed.Token);
                _unheard.Clear();
                await SayUntilAsync(_context, _context.Ended, keep: false, _disposed.Token);
            }
        }
        catch (OperationCanceledException) when (_disposed.IsCancellationRequested)
        {
            // Disposed before the end: nobody reads on.
        }
        catch (Exception e)
        {
            failure = e as ProviderException ?? VendorErrors.Lost(_provider.Name, innerException: e);
        }

        if (_context is { } context)
            await AbandonAsync(context);
        _texts.Complete(failure);
        _sound.Writer.TryComplete(failure);
    }

    /// <summary>One attempt: until something is heard.</summary>
    private async ValueTask<ElevenLabsContext> StartAsync(CancellationToken cancellationToken)
    {
        if (_attempts++ > 0)
            ElevenLabsLog.Repeated(_logger, _provider.Name);
        var context = await _provider.OpenAsync(this, cancellationToken);
        try
        {
            foreach (var clause in _unheard)
                await SayAsync(context, clause, cancellationToken);
            await SayUntilAsync(context, context.Sounds, keep: true, cancellationToken);
            return context;
        }
        catch (OperationCanceledException)
        {
            // Nothing came in time: a connection that hangs is not for anybody else either.
            if (!_disposed.IsCancellationRequested)
                context.Fail(_call.Late(VendorStage.FirstByte, _call.Limit(VendorStage.FirstByte)));
            await AbandonAsync(context);
            throw;
        }
        catch
        {
            await AbandonAsync(context);
            throw;
        }
    }

    /// <summary>Says what is written until something has happened; the service knows meanwhile that the utterance still lasts.</summary>
    private async Task SayUntilAsync(ElevenLabsContext context, Task until, bool keep, CancellationToken cancellationToken)
    {
        while (!until.IsCompleted)
        {
            while (_texts.Reader.TryRead(out var clause))
            {
                if (keep)
                    _unheard.Add(clause);
                await SayAsync(context, clause, cancellationToken);
            }

            using var wait = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
            var more = _texts.Reader.WaitToReadAsync(wait.Token).AsTask();
            if (more.IsCompletedSuccessfully && !await more)
            {
                await context.CompleteAsync(cancellationToken);
                await until.WaitAsync(cancellationToken);
                return;
            }

            var alive = Task.Delay(_options.InactivityTimeout / 3, _time, wait.Token);
            var first = await Task.WhenAny(more, until, alive);
            cancellationToken.ThrowIfCancellationRequested();
            if (first == alive)
                await context.KeepAliveAsync(cancellationToken);
            await wait.CancelAsync();
        }

        await until;
    }

    private async ValueTask SayAsync(ElevenLabsContext context, string clause, CancellationToken cancellationToken)
    {
        await context.SayAsync(clause, cancellationToken);
        Interlocked.Add(ref _characters, clause.Length);
    }

    private async ValueTask AbandonAsync(ElevenLabsContext context)
    {
        using var patience = new CancellationTokenSource(s_cancelPatience, _time);
        await context.AbandonAsync(patience.Token);
    }
}
