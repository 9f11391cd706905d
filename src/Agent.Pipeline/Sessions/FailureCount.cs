using Agent.Pipeline.Sessions.Events;
using Microsoft.Extensions.Logging;

namespace Agent.Pipeline.Sessions;

/// <summary>Counts the failures in a row of each stage and gives the session up when there are too many. Belongs to the session's loop.</summary>
internal sealed class FailureCount
{
    private static readonly TimeSpan s_moment = TimeSpan.FromSeconds(2);

    private readonly SessionOptions _options;
    private readonly SessionClock _clock;
    private readonly SessionEvents _events;
    private readonly ILogger _logger;
    private readonly Action<Exception> _giveUp;
    private readonly TimeSpan?[] _since = new TimeSpan?[Enum.GetValues<SessionStage>().Length];
    private readonly int[] _inARow = new int[Enum.GetValues<SessionStage>().Length];

    internal FailureCount(SessionOptions options, SessionClock clock, SessionEvents events, ILogger logger, Action<Exception> giveUp)
    {
        _options = options;
        _clock = clock;
        _events = events;
        _logger = logger;
        _giveUp = giveUp;
    }

    /// <summary>How many failures of a stage there were since its last success.</summary>
    internal int InARow(SessionStage stage) => _inARow[(int)stage];

    internal void Succeeded(SessionStage stage)
    {
        _inARow[(int)stage] = 0;
        _since[(int)stage] = null;
    }

    internal void Failed(SessionStage stage, Exception error)
    {
        // A tool's failure is an answer to the model, the application's own is its own, and a caption that was not shown, or a turn that silence
        // ends, is no reason to hang up.
        var counts = stage is not (SessionStage.Tool or SessionStage.Application or SessionStage.Room or SessionStage.TurnDetector);
        var inARow = ++_inARow[(int)stage];
        SessionLog.Failed(_logger, stage, inARow, error);
        _events.Raise(new ProviderFailed(_clock.Now, stage, error, inARow));

        // A recogniser that is refused is tried again within a moment, several times: what is over after a moment is no reason to hang up.
        var lasts = _clock.Now - (_since[(int)stage] ??= _clock.Now) >= s_moment || stage != SessionStage.SpeechToText;
        if (counts && lasts && inARow >= _options.MaxFailuresInARow)
            _giveUp(error);
    }
}
