using Agent.Pipeline.Sessions.Events;
using Microsoft.Extensions.Logging;

namespace Agent.Pipeline.Sessions;

/// <summary>Counts failures in a row and gives the session up when there are too many. Belongs to the session's loop.</summary>
internal sealed class FailureCount
{
    private readonly SessionOptions _options;
    private readonly SessionClock _clock;
    private readonly SessionEvents _events;
    private readonly ILogger _logger;
    private readonly Action<Exception> _giveUp;
    private int _inARow;

    internal FailureCount(SessionOptions options, SessionClock clock, SessionEvents events, ILogger logger, Action<Exception> giveUp)
    {
        _options = options;
        _clock = clock;
        _events = events;
        _logger = logger;
        _giveUp = giveUp;
    }

    internal void Succeeded() => _inARow = 0;

    internal void Failed(SessionStage stage, Exception error)
    {
        // A tool's failure is an answer to the model, and a caption that was not shown is no reason to hang up.
        var counts = stage is not (SessionStage.Tool or SessionStage.Room);
        if (counts)
            _inARow++;
        SessionLog.Failed(_logger, stage, _inARow, error);
        _events.Raise(new ProviderFailed(_clock.Now, stage, error, _inARow));
        if (counts && _inARow >= _options.MaxFailuresInARow)
            _giveUp(error);
    }
}
