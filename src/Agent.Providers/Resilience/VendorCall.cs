using Agent.Pipeline.Errors;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Agent.Providers.Resilience;

/// <summary>
/// Calls to one endpoint of one vendor, over all sessions: each attempt within its stage's time-out, repeated with jitter while nothing of the answer has
/// come, and refused at once while the endpoint is put aside.
/// </summary>
internal sealed class VendorCall
{
    private static readonly TimeSpan s_window = TimeSpan.FromSeconds(30);

    /// <summary>When a call is given up with all its repetitions, where there is such a time.</summary>
    private static readonly ResiliencePropertyKey<CallDeadline> s_deadline = new("deadline");

    private readonly string _provider;
    private readonly ResilienceOptions _options;
    private readonly TimeProvider _time;
    private readonly ResiliencePipeline _guarded;
    private readonly CircuitBreakerStateProvider _breaker = new();

    public VendorCall(string provider, ResilienceOptions options, TimeProvider time)
    {
        _provider = provider;
        _options = options;
        _time = time;
        var guarded = new ResiliencePipelineBuilder { TimeProvider = time };
        if (options.Retries > 0)
        {
            guarded.AddRetry(new RetryStrategyOptions
            {
                ShouldHandle = arguments => ValueTask.FromResult(arguments.Outcome.Exception is ProviderException e && MayRetry(e, arguments.Context)),
                MaxRetryAttempts = options.Retries,
                BackoffType = DelayBackoffType.Exponential,
                UseJitter = true,
                Delay = options.RetryDelay,
                DelayGenerator = static arguments => new ValueTask<TimeSpan?>((arguments.Outcome.Exception as ProviderException)?.RetryAfter),
            });
        }

        guarded.AddCircuitBreaker(new CircuitBreakerStrategyOptions
        {
            // What the caller got wrong says nothing about the endpoint.
            ShouldHandle = new PredicateBuilder().Handle<ProviderException>(static e => e.Kind is not (ProviderErrorKind.BadRequest or ProviderErrorKind.Content)),
            FailureRatio = 0.5,
            MinimumThroughput = options.BreakerFailures,
            SamplingDuration = s_window,
            BreakDuration = options.BreakerDelay,
            StateProvider = _breaker,
        });
        _guarded = guarded.Build();
    }

    /// <summary>Whether calls are refused at once because too many have failed.</summary>
    internal bool IsPutAside => _breaker.CircuitState is CircuitState.Open or CircuitState.Isolated;

    /// <summary>Makes the call. The attempt must have no effect that a repetition would double, and must complete with the first byte of the answer.</summary>
    /// <exception cref="ProviderException">The last attempt's error, a time-out, or that the endpoint is put aside.</exception>
    internal ValueTask<T> ExecuteAsync<T>(VendorStage stage, Func<CancellationToken, ValueTask<T>> attempt, CancellationToken cancellationToken) =>
        ExecuteAsync(stage, deadline: null, attempt, cancellationToken);

    /// <summary>
    /// Makes a call whose repetitions share one time-out, the stage's and so much more, because whoever waits has no time for another: what fails soon is repeated, what
    /// hangs is not.
    /// </summary>
    /// <exception cref="ProviderException">The last attempt's error, a time-out, or that the endpoint is put aside.</exception>
    internal ValueTask<T> ExecuteWithinAsync<T>(VendorStage stage, TimeSpan more, Func<CancellationToken, ValueTask<T>> attempt, CancellationToken cancellationToken) =>
        ExecuteAsync(stage, new CallDeadline(_time, Limit(stage) + more), attempt, cancellationToken);

    /// <summary>Waits for one step within its stage's time-out, without repetition: for what comes after the first byte.</summary>
    /// <exception cref="ProviderException">The time-out has passed.</exception>
    internal ValueTask<T> WithinAsync<T>(VendorStage stage, Func<CancellationToken, ValueTask<T>> step, CancellationToken cancellationToken) =>
        WithinAsync(stage, deadline: null, step, cancellationToken);

    private async ValueTask<T> ExecuteAsync<T>(VendorStage stage, CallDeadline? deadline, Func<CancellationToken, ValueTask<T>> attempt, CancellationToken cancellationToken)
    {
        var context = ResilienceContextPool.Shared.Get(cancellationToken);
        try
        {
            if (deadline is not null)
                context.Properties.Set(s_deadline, deadline);
            return await _guarded.ExecuteAsync(
                static (context, call) => call.Self.WithinAsync(call.Stage, call.Deadline, call.Attempt, context.CancellationToken),
                context,
                (Self: this, Stage: stage, Deadline: deadline, Attempt: attempt));
        }
        catch (BrokenCircuitException e)
        {
            throw new ProviderException(
                _provider,
                ProviderErrorKind.Connection,
                $"{_provider} is put aside for up to {_options.BreakerDelay.TotalSeconds:0.#} s, because at least {_options.BreakerFailures} calls, half of all, failed within {s_window.TotalSeconds:0} s.",
                isTransient: true,
                e);
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    private async ValueTask<T> WithinAsync<T>(VendorStage stage, CallDeadline? deadline, Func<CancellationToken, ValueTask<T>> step, CancellationToken cancellationToken)
    {
        var limit = deadline?.Limit ?? Limit(stage);
        using var timeout = new CancellationTokenSource(deadline?.Left ?? limit, _time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(timeout.Token, cancellationToken);
        try
        {
            return await step(either.Token);
        }
        catch (OperationCanceledException e) when (timeout.IsCancellationRequested && !cancellationToken.IsCancellationRequested)
        {
            throw Late(stage, limit, e);
        }
    }

    /// <summary>The error of a stage that took too long.</summary>
    internal ProviderException Late(VendorStage stage, TimeSpan limit, Exception? cause = null)
    {
        var what = stage switch
        {
            VendorStage.Connect => "no connection was made",
            VendorStage.FirstByte => "nothing of the answer came",
            _ => "the answer paused",
        };
        return new ProviderException(
            _provider, ProviderErrorKind.Timeout, $"{_provider}: {what} within {limit.TotalSeconds:0.##} s ({stage}Timeout).", isTransient: true, cause);
    }

    internal TimeSpan Limit(VendorStage stage) => stage switch
    {
        VendorStage.Connect => _options.ConnectTimeout,
        VendorStage.FirstByte => _options.FirstByteTimeout,
        _ => _options.IdleTimeout,
    };

    private bool MayRetry(ProviderException error, ResilienceContext context)
    {
        if (!error.IsTransient || error.RetryAfter > _options.MaxRetryAfter)
            return false;
        return !context.Properties.TryGetValue(s_deadline, out var deadline) || deadline.Left > (error.RetryAfter ?? _options.RetryDelay);
    }
}
