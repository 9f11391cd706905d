using Agent.LoopbackVendors.Engines;
using Agent.Providers.Catalog;
using Microsoft.Extensions.AI;

namespace Agent.Tests.Providers.Matrix;

/// <summary>What stands behind a vendor in a list: engines that never fail, and that know whether they were needed.</summary>
internal sealed class MatrixBackup(EngineSet engines)
{
    private readonly CountedModel _model = new(engines.Dialogue);

    public EngineRecogniser Recogniser { get; } = new("backup/scripted", engines.Recogniser);

    public EngineVoice Voice { get; } = new("backup/scripted", engines.Synthesizer);

    public IChatClient Model => _model;

    public bool WasUsed(ProviderKind kind) => kind switch
    {
        ProviderKind.SpeechToText => Recogniser.Streams > 0,
        ProviderKind.LanguageModel => _model.Calls > 0,
        _ => Voice.Utterances > 0,
    };

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
