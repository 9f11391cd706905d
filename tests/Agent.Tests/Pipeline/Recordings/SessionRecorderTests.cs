using Agent.Pipeline.Recordings;
using Agent.Pipeline.Recordings.Lines;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Turns;
using Agent.Pipeline.Turns.Events;
using Microsoft.Extensions.Logging;

namespace Agent.Tests.Pipeline.Recordings;

public sealed class SessionRecorderTests : ILogger, IDisposable
{
    private static readonly HeaderLine s_header =
        new(HeaderLine.CurrentVersion, DateTimeOffset.UnixEpoch, "recogniser", "synthesizer", null, TimeSpan.Zero, null, DetectorNeedsAudio: false, new TurnOptions());

    private readonly DirectoryInfo _directory = Directory.CreateTempSubdirectory("recorder-");
    private readonly List<(LogLevel Level, Exception? Error)> _logged = [];

    public void Dispose() => _directory.Delete(recursive: true);

    [Fact]
    public async Task Add_MoreThanMayWait_EndsWithAnErrorAndKeepsWhatCameBefore()
    {
        var recorder = new SessionRecorder(_directory.FullName, s_header, [], this);
        for (var i = 0; i < SessionRecorder.Capacity + 5; i++)
            recorder.Add(TimeSpan.FromSeconds(i), new ClearRequested(), []);
        recorder.Complete(TimeSpan.FromDays(1), SessionCloseReason.Requested);
        await recorder.RunAsync();

        var error = Assert.Single(_logged, entry => entry.Level == LogLevel.Error).Error;
        Assert.Contains("10000 lines wait", Assert.IsType<IOException>(error).Message, StringComparison.Ordinal);
        var recording = Recording.Load(Assert.Single(_directory.GetFiles()).FullName);
        Assert.Equal(SessionRecorder.Capacity - 1, recording.Steps.Count);
        Assert.True(recording.IsTruncated);
    }

    [Fact]
    public async Task Run_SessionsOfTheSameMillisecond_HaveFilesOfTheirOwn()
    {
        for (var i = 0; i < 3; i++)
        {
            var recorder = new SessionRecorder(_directory.FullName, s_header, [], this);
            recorder.Complete(TimeSpan.Zero, SessionCloseReason.Requested);
            await recorder.RunAsync();
        }

        Assert.Equal(
            ["19700101T000000.000Z-2.jsonl", "19700101T000000.000Z-3.jsonl", "19700101T000000.000Z.jsonl"],
            _directory.GetFiles().Select(file => file.Name).Order(StringComparer.Ordinal));
    }

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    void ILogger.Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
        _logged.Add((logLevel, exception));
}
