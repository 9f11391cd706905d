using Agent.Pipeline.History;
using Agent.Pipeline.Ledger;
using Agent.Pipeline.Playout;
using Agent.Pipeline.Realtime;
using Agent.Pipeline.Replies;
using Agent.Pipeline.Turns;
using Microsoft.Extensions.AI;

namespace Agent.Pipeline.Sessions;

/// <summary>Has utterances made: asks the model or takes the words that are given, and has them spoken. Belongs to the session's loop.</summary>
internal sealed class SpeechMaker
{
    private readonly SessionContext _context;
    private readonly AudioPlayout _playout;
    private readonly Action<SpeechMaking> _changed;
    private readonly CancellationToken _sessionToken;
    private readonly List<SpeechMaking> _all = [];

    internal SpeechMaker(SessionContext context, AudioPlayout playout, Action<SpeechMaking> changed, CancellationToken sessionToken)
    {
        _context = context;
        _playout = playout;
        _changed = changed;
        _sessionToken = sessionToken;
    }

    /// <summary>Everything that is still being made, also what was interrupted.</summary>
    internal Task Making => Task.WhenAll(_all.Select(making => making.Making));

    /// <summary>Makes an utterance that has the floor.</summary>
    internal SpeechMaking Make(AgentSpeech speech, SpeechRequest? request, TurnMarks marks)
    {
        var making = Create(speech, request, marks);
        making.GiveFloor();
        Begin(making, request?.Source ?? new ModelAnswer(), userText: null, making.Floor);
        return making;
    }

    /// <summary>Makes an answer to a turn that has not ended: held until it gets the floor, or cancelled.</summary>
    internal SpeechMaking Prepare(AgentSpeech speech, string userText)
    {
        var making = Create(speech, request: null, new TurnMarks(_context.Clock.Now));
        var permitted = _context.Options.Turns.Preemptive.Synthesize ? Task.CompletedTask : making.Floor;
        Begin(making, new ModelAnswer(), userText, permitted);
        return making;
    }

    private SpeechMaking Create(AgentSpeech speech, SpeechRequest? request, TurnMarks marks)
    {
        _all.RemoveAll(static made => made.Making.IsCompleted);
        var making = new SpeechMaking(speech, request, _playout.Create(speech.Id), new TurnMeasurement(marks));
        _all.Add(making);
        return making;
    }

    private void Begin(SpeechMaking making, SpeechSource source, string? userText, Task permitted)
    {
        var listener = new SpeechListener(_context, making, _changed);
        if (_context.Realtime is { } link && IsForModel(source))
        {
            BeginRealtime(making, source, link, listener);
            return;
        }

        var voice = source is RecordedText recorded ? new RecordedVoice(recorded.Speech) : _context.Agent.TextToSpeech!;
        var synthesis = new SpeechSynthesis(voice, making.Utterance, making.Measurement, _context.Clock, listener, permitted);
        switch (source)
        {
            case SpokenText said:
                making.Start(SessionStage.Application, (script, _) => GivenWords.WriteAsync(said, script), synthesis, listener);
                break;
            case StreamedText said:
                making.Start(SessionStage.Application, (script, token) => GivenWords.WriteAsync(said, script, token), synthesis, listener);
                break;
            case RecordedText said:
                making.Start(SessionStage.Application, (script, _) => GivenWords.WriteAsync(said, script), synthesis, listener);
                break;
            case ModelAnswer answer:
                var messages = Messages(making, answer, userText);
                var model = new ReplyModel(_context.Agent, _context.Options.MaxToolSteps, Tools(making, listener), listener);
                making.Start(SessionStage.LanguageModel, (script, token) => model.AnswerAsync(messages, answer.ToolMode, script, _sessionToken, token), synthesis, listener);
                break;
            default:
                throw new InvalidOperationException($"No session knows the source {source.GetType().Name}.");
        }
    }

    // What is given to be said goes to the synthesizer where there is one.
    private bool IsForModel(SpeechSource source) => source is ModelAnswer || (source is SpokenText or StreamedText && _context.Agent.TextToSpeech is null);

    private void BeginRealtime(SpeechMaking making, SpeechSource source, RealtimeLink link, SpeechListener listener)
    {
        var reply = new RealtimeReply(link, making.Utterance, making.Measurement, _context.Clock, listener, Tools(making, listener));
        var request = new RealtimeRequest($"{making.Speech.Id}/1");
        if (source is ModelAnswer answer)
        {
            if (AddInput(making, answer) is { } input)
                link.Add(input);
            request = request with { Instructions = answer.Instructions, ToolMode = answer.ToolMode };
        }

        making.Start(
            async token => await reply.RunAsync(await GivenWords.AddToAsync(request, source, token), _context.Options.MaxToolSteps, _sessionToken, token),
            reply.Stop,
            () =>
            {
                making.Utterance.Audio.Complete();
                making.Utterance.Audio.Release();
            },
            listener);
    }

    private ToolRunner Tools(SpeechMaking making, SpeechListener listener) => new(_context.Agent, _context.Clock, listener, making.Speech.Id, making.Floor);

    private UserMessage? AddInput(SpeechMaking making, ModelAnswer answer)
    {
        if (answer.UserInput is not { } input)
            return null;
        var message = new UserMessage($"{making.Speech.Id}-input", _context.Clock.Now, input, ParticipantIdentity: null);
        _context.Write(message);
        return message;
    }

    private List<ChatMessage> Messages(SpeechMaking making, ModelAnswer answer, string? userText)
    {
        AddInput(making, answer);
        var messages = _context.History.ToMessages(_context.Agent.Instructions);
        if (userText is not null)
            messages.Add(new ChatMessage(ChatRole.User, userText));
        if (answer.Instructions is { } instructions)
            messages.Add(new ChatMessage(ChatRole.System, instructions));
        return messages;
    }
}
