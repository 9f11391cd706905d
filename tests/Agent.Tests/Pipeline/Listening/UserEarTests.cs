using Agent.Pipeline.Audio;
using Agent.Pipeline.Errors;
using Agent.Pipeline.Listening;
using Agent.Pipeline.Rooms;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Speech;
using Agent.Pipeline.Vad;
using Agent.Testing;
using Agent.Tests.Pipeline.Harness;

namespace Agent.Tests.Pipeline.Listening;

public sealed class UserEarTests : IUserListener
{
    private readonly List<string> _told = [];

    public UserEarTests() => SynchronizationContext.SetSynchronizationContext(null);

    [Fact]
    public async Task Run_SteadyState_AllocatesNothingFromRoomToVoiceActivity()
    {
        using var model = SileroModel.Load();
        var input = new SteppedInput();
        using var stop = new CancellationTokenSource();
        var ear = new UserEar(input, model, new VoiceActivityOptions(), new MuteRecogniser(), new SessionClock(TimeProvider.System), this, keepsAudio: true);
        var running = ear.RunAsync(stop.Token);
        for (var i = 0; i < 500; i++)
            input.Step();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 3_000; i++)
            input.Step();
        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
        Assert.Empty(_told);
        input.End();
        await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task Run_AudioEndsInSpeech_TellsItsEnd()
    {
        var input = new SteppedInput();
        var ear = new UserEar(input, new LoudnessModel(), new VoiceActivityOptions(), new MuteRecogniser(), new SessionClock(new ManualTimeProvider()), this);
        var running = ear.RunAsync(CancellationToken.None);
        for (var i = 0; i < 20; i++)
            input.Step(level: i < 5 ? (short)0 : (short)900);
        input.End();
        await running.WaitAsync(TimeSpan.FromSeconds(30), TestContext.Current.CancellationToken);
        Assert.Equal(["started", "stopped"], _told);
    }

    void IUserListener.OnUserStarted(TimeSpan at) => _told.Add("started");

    void IUserListener.OnUserStopped(TimeSpan at) => _told.Add("stopped");

    void IUserListener.OnTranscript(Transcript transcript, TimeSpan start, TimeSpan end) => _told.Add(transcript.Text);

    void IUserListener.OnRecogniserFailed(ProviderException error) => _told.Add(error.Message);

    void IUserListener.OnFlushGivenUp() => _told.Add("given up");

    void IUserListener.OnRecogniserReplaced(ProviderException error, string by) => _told.Add(by);

    private sealed class SteppedInput : IAudioInput, IAsyncEnumerable<AudioFrame>, IAsyncEnumerator<AudioFrame>
    {
        private readonly SteppedSource<bool> _source = new();
        private long _position;

        public AudioFrame Current { get; private set; } = null!;

        public IAsyncEnumerable<AudioFrame> ReadAsync(CancellationToken cancellationToken) => this;

        public IAsyncEnumerator<AudioFrame> GetAsyncEnumerator(CancellationToken cancellationToken = default) => this;

        public ValueTask<bool> MoveNextAsync() => _source.WaitForResultAsync();

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;

        internal void Step(short level = 0)
        {
            Current = AudioFrame.Rent(16_000, 160, _position);
            Current.Writable.Fill(level);
            _position += 160;
            _source.Step(result: true);
        }

        internal void End() => _source.Step(result: false);
    }

    private sealed class MuteRecogniser : ISpeechToText
    {
        public string Name => "mute";

        public SpeechToTextCapabilities Capabilities { get; } = new(16_000, InterimResults: false, EndOfTurn: false, WordTimings: false);

        public ValueTask<ISpeechToTextStream> OpenAsync(CancellationToken cancellationToken) => ValueTask.FromResult<ISpeechToTextStream>(new Stream());

        private sealed class Stream : ISpeechToTextStream
        {
            public void Push(ReadOnlySpan<short> samples)
            {
            }

            public void Flush()
            {
            }

            public async IAsyncEnumerable<Transcript> ReadAsync([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
            {
                await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
                yield break;
            }

            public ValueTask DisposeAsync() => ValueTask.CompletedTask;
        }
    }
}
