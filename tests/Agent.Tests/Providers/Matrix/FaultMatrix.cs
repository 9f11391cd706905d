using Agent.LoopbackVendors.Engines;
using Agent.Pipeline.Sessions;
using Agent.Pipeline.Sessions.Events;
using Agent.Pipeline.Speech;
using Agent.Providers;
using Agent.Providers.Catalog;
using Agent.Testing;
using Agent.Tests.Providers.Contracts;
using Microsoft.Extensions.AI;

namespace Agent.Tests.Providers.Matrix;

/// <summary>
/// Plays the fault matrix: in each cell a person asks, one vendor behaves badly from the first request to the last, and the person hears an answer or a sentence
/// that says why there is none; then the person speaks over whatever is heard. In real time and over real sockets, many cells at once.
/// </summary>
internal static class FaultMatrix
{
    public const string Apology = "I am sorry, something is wrong here right now, so please try that once more in a moment.";

    // The second sentence says that the answer was heard, and is long enough to be spoken over.
    private const string Answer = "It is five past nine. After that we close, and everybody goes home until early tomorrow morning.";

    private const string FirstAnswer = "Good morning.";

    private const string Heard = "After that we";

    private const int SentenceRateHz = 24_000;

    private const string Backup = "backup/scripted";

    private static readonly TimeSpan s_question = TimeSpan.FromSeconds(0.6);

    /// <summary>The silence that ends the person's turn, as these sessions are set: that of voice activity, and the shortest delay.</summary>
    private static readonly TimeSpan s_endOfTurn = TimeSpan.FromSeconds(0.4);

    /// <summary>The time-outs of a vendor behind which nobody stands; with the defaults a vendor that hangs is given more time.</summary>
    private static readonly TimeSpan s_limitAlone = TimeSpan.FromSeconds(0.7);

    private static readonly TimeSpan s_patience = TimeSpan.FromSeconds(6);

    public static async Task<IReadOnlyList<MatrixCell>> PlayAsync(IEnumerable<VendorProvider> providers, int atOnce, CancellationToken cancellationToken)
    {
        MatrixCell[] cells =
        [
            .. from provider in providers
               from fault in MatrixFault.All
               from hasNext in (bool[])[false, true]
               select new MatrixCell(provider, fault, hasNext),
        ];
        var played = new MatrixCell[cells.Length];
        await Parallel.ForAsync(
            0,
            cells.Length,
            new ParallelOptions { MaxDegreeOfParallelism = atOnce, CancellationToken = cancellationToken },
            async (i, token) => played[i] = await PlayAsync(cells[i], token));
        return played;
    }

    public static async Task<MatrixCell> PlayAsync(MatrixCell cell, CancellationToken cancellationToken)
    {
        var backupEngines = Engines();
        await using var backup = await MatrixBackup.StartAsync(backupEngines, cell.Provider.Kind);
        await using var stage = await ProviderStage.StartAsync(Engines(cell.Fault.AfterFirstTurn), limit: cell.HasNext ? null : s_limitAlone, settings: cell.Provider.Settings, configure: services => services
            .AddSpeechToText(Backup, (_, _) => backup.Recogniser)
            .AddLanguageModel(Backup, (_, _) => backup.Model)
            .AddTextToSpeech(Backup, (_, _) => backup.Voice)
            .AddRealtimeModel(Backup, (_, _) => backup.Realtime));
        var isTime = 0;
        stage.Vendors.Faults.Always(cell.Provider.Endpoint, cell.Fault.AfterFirstTurn ? cell.Fault.Fault with { When = () => Volatile.Read(ref isTime) != 0 } : cell.Fault.Fault);
        await using var conversation = LiveConversation.Start(await AgentAsync(cell, stage.Catalog, cancellationToken), Options());
        await conversation.ListensAsync(s_patience, cancellationToken);
        if (cell.Fault.AfterFirstTurn)
            await HoldFirstTurnAsync(conversation, cancellationToken);
        var before = conversation.Room.AgentSaid.Length;
        Volatile.Write(ref isTime, 1);
        var end = await conversation.SpeakAsync(s_question, cancellationToken) + s_endOfTurn;
        var outcome = await conversation.SeeAsync(() => Outcome(cell, conversation.Room.AgentSaid[before..], backup), s_patience, cancellationToken);
        var certain = conversation.Room.Now;
        var bargeIn = outcome is null ? null : await conversation.BargeInAsync(s_patience, cancellationToken);
        return cell with
        {
            Outcome = outcome ?? MatrixOutcome.Nothing,
            Gap = conversation.Room.Ear.LongestSilence(end, certain),
            BargeIn = bargeIn,
            Course = $"said: {conversation.Room.AgentSaid}{Environment.NewLine}{string.Join(Environment.NewLine, conversation.Events.Select(Tell))}{Environment.NewLine}{stage.Log}",
        };
    }

    /// <summary>One question and its answer, heard to its end.</summary>
    private static async Task HoldFirstTurnAsync(LiveConversation conversation, CancellationToken cancellationToken)
    {
        await conversation.SpeakAsync(s_question, cancellationToken);
        var answered = await conversation.SeeAsync(
            () => conversation.Room.AgentSaid.EndsWith($"{FirstAnswer}|", StringComparison.Ordinal) && conversation.Room.Ear.Last < conversation.Room.Now - TimeSpan.FromSeconds(0.2) ? true : (bool?)null,
            s_patience,
            cancellationToken);
        if (answered is null)
            throw new TimeoutException($"The first answer did not come within {s_patience.TotalSeconds} s; said: {conversation.Room.AgentSaid}");
    }

    private static MatrixOutcome? Outcome(MatrixCell cell, string said, MatrixBackup backup)
    {
        if (said.Contains(Heard, StringComparison.Ordinal))
            return cell.HasNext && backup.WasUsed(cell.Provider.Kind) ? MatrixOutcome.TakenOver : MatrixOutcome.Answers;
        return said.Contains(Apology[..20], StringComparison.Ordinal) ? MatrixOutcome.SaysSo : null;
    }

    private static EngineSet Engines(bool answersShortlyFirst = false)
    {
        var recogniser = new Agent.LoopbackVendors.Engines.ScriptedRecogniser();
        recogniser.Expect([.. Enumerable.Repeat("what time is it", 50)]);
        var later = Dialogue(Answer);
        return new EngineSet(recogniser, answersShortlyFirst ? new TurnDialogue(Dialogue(FirstAnswer), later) : later, new ToneSynthesizer());
    }

    private static ScriptedDialogue Dialogue(string answer)
    {
        var dialogue = new ScriptedDialogue();
        dialogue.Expect([.. Enumerable.Repeat<AIContent>(new TextContent(answer), 50)]);
        return dialogue;
    }

    private static async Task<AgentDefinition> AgentAsync(MatrixCell cell, ProviderCatalog catalog, CancellationToken cancellationToken)
    {
        var engines = Engines(cell.Fault.AfterFirstTurn);
        var apology = await engines.Synthesizer.SpeakAsync(Apology, SentenceRateHz, cancellationToken);
        var name = cell.HasNext ? $"{cell.Provider.Name}, {Backup}" : cell.Provider.Name;
        var agent = new AgentDefinition
        {
            VoiceActivity = new LoudnessModel(),
            FailureSpeech = new FailureSpeech(new RecordedSpeech(Apology, SentenceRateHz, apology.Samples) { Words = apology.Words }),
        };
        return cell.Provider.Kind == ProviderKind.Realtime
            ? agent with { RealtimeModel = catalog.GetRealtimeModel(name) }
            : agent with
            {
                SpeechToText = cell.Provider.Kind == ProviderKind.SpeechToText ? catalog.GetSpeechToText(name) : new EngineRecogniser("beside/recogniser", engines.Recogniser),
                LanguageModel = cell.Provider.Kind == ProviderKind.LanguageModel ? catalog.GetLanguageModel(name) : engines.Dialogue,
                TextToSpeech = cell.Provider.Kind == ProviderKind.TextToSpeech ? catalog.GetTextToSpeech(name) : new EngineVoice("beside/voice", engines.Synthesizer),
            };
    }

    private static SessionOptions Options()
    {
        var options = new SessionOptions { MaxFailuresInARow = 100 };
        // The person speaks over the agent's first words; no echo canceller has to learn here.
        options.Turns.Interruption.EchoWarmUp = TimeSpan.Zero;
        options.Turns.Endpointing.MinDelay = s_endOfTurn - TimeSpan.FromSeconds(0.3);
        return options;
    }

    private static string Tell(SessionEvent happened) => happened switch
    {
        ProviderFailed failed => $"{happened.At.TotalSeconds:0.00} {failed.Stage} failed: {failed.Error.Message}",
        TurnEnded ended => $"{happened.At.TotalSeconds:0.00} turn {ended.Entry.Cause} {ended.Entry.Outcome}",
        AgentStateChanged state => $"{happened.At.TotalSeconds:0.00} {state.State}",
        UserTranscribed heard => $"{happened.At.TotalSeconds:0.00} heard: {heard.Caption.Text}",
        _ => $"{happened.At.TotalSeconds:0.00} {happened.GetType().Name}",
    };
}
