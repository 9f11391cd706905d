using Agent.LoopbackVendors.Engines;
using Agent.Pipeline.Realtime;
using Agent.Providers.Catalog;
using Agent.Tests.Providers.Contracts;
using Microsoft.Extensions.AI;

namespace Agent.Tests.Providers.Matrix;

/// <summary>What stands behind a vendor in a list: engines that never fail, and that know whether they were needed.</summary>
internal sealed class MatrixBackup : IAsyncDisposable
{
    private const string RealtimeProvider = "openai/gpt-realtime";
    private const string RealtimeEndpoint = "openai/realtime";

    private readonly ProviderStage? _elsewhere;
    private readonly CountedModel _model;

    private MatrixBackup(EngineSet engines, ProviderStage? elsewhere)
    {
        _elsewhere = elsewhere;
        _model = new CountedModel(engines.Dialogue);
        Recogniser = new EngineRecogniser("backup/scripted", engines.Recogniser);
        Voice = new EngineVoice("backup/scripted", engines.Synthesizer);
    }

    public EngineRecogniser Recogniser { get; }

    public EngineVoice Voice { get; }

    public IChatClient Model => _model;

    /// <summary>A speech-to-speech model at another vendor's server, where all is well.</summary>
    public IRealtimeModel Realtime => _elsewhere!.Catalog.GetRealtimeModel(RealtimeProvider);

    public static async Task<MatrixBackup> StartAsync(EngineSet engines, ProviderKind kind) =>
        new(engines, kind == ProviderKind.Realtime ? await ProviderStage.StartAsync(engines) : null);

    public bool WasUsed(ProviderKind kind) => kind switch
    {
        ProviderKind.SpeechToText => Recogniser.Streams > 0,
        ProviderKind.LanguageModel => _model.Calls > 0,
        ProviderKind.Realtime => _elsewhere!.Vendors.Requests.Of(RealtimeEndpoint).Count > 0,
        _ => Voice.Utterances > 0,
    };

    public ValueTask DisposeAsync() => _elsewhere?.DisposeAsync() ?? ValueTask.CompletedTask;

    private sealed class CountedModel(IChatClient inner) : DelegatingChatClient(inner)
    {
        private int _calls;

        public int Calls => Volatile.Read(ref _calls);

        public override IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(
            IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
        {
            Interlocked.Increment(ref _calls);
            return base.GetStreamingResponseAsync(messages, options, cancellationToken);
        }
    }
}
