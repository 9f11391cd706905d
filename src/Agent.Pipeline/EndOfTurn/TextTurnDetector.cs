using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;
using Agent.Pipeline.EndOfTurn.Rules;
using Agent.Pipeline.EndOfTurn.Text;
using Agent.Pipeline.Errors;
using Agent.Pipeline.History;

namespace Agent.Pipeline.EndOfTurn;

/// <summary>
/// Judges from the words: unfinished syntax, hesitations, numbers and addresses being dictated, questions, and answers in the light of what the agent
/// asked. Runs in microseconds on the caller's thread; what it knows about a language stands in a file (see docs/end-of-turn.md).
/// </summary>
public sealed class TextTurnDetector : ITurnDetector
{
    // More words than anybody judges the end of a turn by; what stands before them is left out.
    private const int MaxWords = 96;

    private static readonly ITurnRule[] s_rules =
    [
        new PunctuationRule(),
        new HesitationRule(),
        new OpenWordRule(),
        new OpenVerbRule(),
        new OpenSubjectRule(),
        new OpenClauseRule(),
        new AnswerRule(),
        new QuestionRule(),
        new ClosingRule(),
        new NumberRule(),
        new EmailRule(),
        new SpellingRule(),
        new AddressRule(),
        new DateRule(),
        new AnnouncementRule(),
    ];

    private readonly FrozenDictionary<string, TurnLanguage>.AlternateLookup<ReadOnlySpan<char>> _languages;
    private readonly string? _defaultLanguage;

    /// <summary>Loads the language files.</summary>
    /// <exception cref="ConfigurationException">A setting or a language file is not usable.</exception>
    public TextTurnDetector(TextTurnDetectorOptions? options = null)
    {
        options ??= new TextTurnDetectorOptions();
        try
        {
            Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        }
        catch (ValidationException e)
        {
            throw new ConfigurationException($"The text turn detector cannot work like this: {e.Message} The value seen is {e.Value}.", e);
        }

        var languages = TurnLanguages.Load(options.LanguageDirectory);
        Languages = languages.Keys;
        _languages = languages.GetAlternateLookup<ReadOnlySpan<char>>();
        _defaultLanguage = options.DefaultLanguage;
        Threshold = options.Threshold;
        if (_defaultLanguage is { } language && Find(language) is null)
            throw new ConfigurationException(
                $"The text turn detector knows {string.Join(", ", Languages.Order(StringComparer.Ordinal))}, not its default language {language}: add {language}.json to the language directory or choose another.");
    }

    /// <inheritdoc/>
    public string Name => "text";

    /// <inheritdoc/>
    public double Threshold { get; }

    /// <inheritdoc/>
    public bool NeedsAudio => false;

    /// <summary>The languages with a file, as BCP 47 tags.</summary>
    public IReadOnlyCollection<string> Languages { get; }

    /// <inheritdoc/>
    public ValueTask<TurnEstimate?> EstimateAsync(TurnQuestion question, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(question);
        cancellationToken.ThrowIfCancellationRequested();
        return new ValueTask<TurnEstimate?>(Estimate(question));
    }

    private TurnEstimate? Estimate(TurnQuestion question)
    {
        if (Find(question.Language ?? _defaultLanguage) is not { } language)
            return null;
        Span<SpokenWord> words = stackalloc SpokenWord[MaxWords];
        var user = SpokenTextReader.Read(Straight(question.Text), language, words);
        if (user.Count == 0)
            return null;
        Span<SpokenWord> agentWords = stackalloc SpokenWord[MaxWords];
        var agent = SpokenTextReader.Read(Straight(LastOfAgent(question.History)), language, agentWords);

        var scene = new TurnScene(user, agent);
        var evidence = new TurnEvidence(language);
        foreach (var rule in s_rules)
            rule.Weigh(in scene, language, ref evidence);
        return evidence.Estimate();
    }

    private TurnLanguage? Find(string? tag)
    {
        if (tag is null)
            return null;
        if (_languages.TryGetValue(tag, out var exact))
            return exact;
        var cut = tag.IndexOf('-');
        return cut > 0 && _languages.TryGetValue(tag.AsSpan(0, cut), out var language) ? language : null;
    }

    // What the agent said before the last turn of the user is no longer what the user answers.
    private static string LastOfAgent(IReadOnlyList<HistoryItem> history)
    {
        for (var i = history.Count - 1; i >= 0; i--)
        {
            switch (history[i])
            {
                case AgentMessage message:
                    return message.Text;
                case UserMessage:
                    return "";
            }
        }

        return "";
    }

    private static string Straight(string text) => text.Contains('’', StringComparison.Ordinal) ? text.Replace('’', '\'') : text;
}
