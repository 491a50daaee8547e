import java.io.BufferedReader;
import java.io.FileInputStream;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.javarosa.core.model.Constants;
import org.javarosa.core.model.CoreModelModule;
import org.javarosa.core.model.FormDef;
import org.javarosa.core.model.FormIndex;
import org.javarosa.core.model.SelectChoice;
import org.javarosa.core.model.data.DateData;
import org.javarosa.core.model.data.DecimalData;
import org.javarosa.core.model.data.IAnswerData;
import org.javarosa.core.model.data.IntegerData;
import org.javarosa.core.model.data.SelectOneData;
import org.javarosa.core.model.data.StringData;
import org.javarosa.core.model.instance.InstanceInitializationFactory;
import org.javarosa.core.model.utils.DateUtils;
import org.javarosa.core.services.PropertyManager;
import org.javarosa.core.services.PrototypeManager;
import org.javarosa.core.services.transport.payload.ByteArrayPayload;
import org.javarosa.core.util.JavaRosaCoreModule;
import org.javarosa.form.api.FormEntryController;
import org.javarosa.form.api.FormEntryModel;
import org.javarosa.form.api.FormEntryPrompt;
import org.javarosa.model.xform.XFormSerializingVisitor;
import org.javarosa.model.xform.XFormsModule;
import org.javarosa.xform.util.XFormUtils;

/**
 * Fills an XForm with JavaRosa, the engine of ODK Collect, once for each case on the standard input.
 *
 * <p>A case is a line "@name", then lines "path TAB value" without the root ("item[2]/building/length"; the first of a repeat
 * is [1]). Printed is for each "name TAB refusals TAB the instance in base64"; refusals are paths with "=" and the status.
 */
public final class FillForms {
    private static final Pattern ITEM = Pattern.compile("^(\\w+)\\[(\\d+)\\]/");

    private final String form;

    private FillForms(String form) {
        this.form = form;
    }

    public static void main(String[] arguments) throws Exception {
        PrototypeManager.registerPrototypes(JavaRosaCoreModule.classNames);
        PrototypeManager.registerPrototypes(CoreModelModule.classNames);
        new XFormsModule().registerModule();
        PropertyManager.setPropertyManager(new org.opendatakit.validate.StubPropertyManager());
        FillForms filler = new FillForms(arguments[0]);
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        String name = null;
        Map<String, String> answers = new HashMap<>();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.startsWith("@")) {
                if (name != null) out.println(name + "\t" + filler.fill(answers));
                name = line.substring(1);
                answers = new HashMap<>();
            } else {
                int tab = line.indexOf('\t');
                answers.put(line.substring(0, tab), line.substring(tab + 1));
            }
        }
        if (name != null) out.println(name + "\t" + filler.fill(answers));
    }

    private String fill(Map<String, String> answers) throws Exception {
        FormDef definition;
        try (InputStream stream = new FileInputStream(form)) {
            definition = XFormUtils.getFormFromInputStream(stream);
        }
        FormEntryModel model = new FormEntryModel(definition);
        FormEntryController controller = new FormEntryController(model);
        definition.initialize(true, new InstanceInitializationFactory());
        List<String> refused = new ArrayList<>();
        int event = controller.stepToNextEvent();
        while (event != FormEntryController.EVENT_END_OF_FORM) {
            FormIndex index = model.getFormIndex();
            if (event == FormEntryController.EVENT_PROMPT_NEW_REPEAT && index.getElementMultiplicity() < repeats(answers)) {
                controller.newRepeat();
            } else if (event == FormEntryController.EVENT_QUESTION) {
                answer(controller, model.getQuestionPrompt(), index, answers, refused);
            }
            event = controller.stepToNextEvent();
        }
        if (definition.validate(true) != null) refused.add("validate=0");
        definition.postProcessInstance();
        ByteArrayPayload payload =
            (ByteArrayPayload) new XFormSerializingVisitor().createSerializedPayload(definition.getInstance());
        String xml = Base64.getEncoder().encodeToString(payload.getPayloadStream().readAllBytes());
        return String.join(" ", refused) + "\t" + xml;
    }

    private static int repeats(Map<String, String> answers) {
        int most = 0;
        for (String path : answers.keySet()) {
            Matcher matcher = ITEM.matcher(path);
            if (matcher.find()) most = Math.max(most, Integer.parseInt(matcher.group(2)));
        }
        return most;
    }

    private static void answer(
        FormEntryController controller,
        FormEntryPrompt prompt,
        FormIndex index,
        Map<String, String> answers,
        List<String> refused
    ) {
        String path = index.getReference().toString(true).replaceFirst("^/data(\\[\\d+\\])?/", "");
        String value = answers.get(plain(path));
        if (value == null) {
            if (prompt.isRequired()) refused.add(plain(path) + "=missing");
            return;
        }
        int status;
        try {
            status = controller.answerQuestion(index, typed(prompt, value), true);
        } catch (RuntimeException error) {
            refused.add(plain(path) + "=" + error.getClass().getSimpleName());
            return;
        }
        if (status != FormEntryController.ANSWER_OK) refused.add(plain(path) + "=" + status);
    }

    /** Only the repeat keeps its number: "/data/item[2]/building[1]/length[1]" is "item[2]/building/length". */
    private static String plain(String path) {
        StringBuilder found = new StringBuilder();
        for (String step : path.split("/")) {
            if (found.length() > 0) found.append('/');
            found.append(step.startsWith("item[") ? step : step.replaceAll("\\[\\d+\\]$", ""));
        }
        return found.toString();
    }

    private static IAnswerData typed(FormEntryPrompt prompt, String value) {
        if (prompt.getControlType() == Constants.CONTROL_SELECT_ONE) {
            for (SelectChoice choice : prompt.getSelectChoices()) {
                if (choice.getValue().equals(value)) return new SelectOneData(choice.selection());
            }
            throw new IllegalArgumentException(value);
        }
        switch (prompt.getDataType()) {
            case Constants.DATATYPE_INTEGER:
                return new IntegerData(Integer.parseInt(value));
            case Constants.DATATYPE_DECIMAL:
                return new DecimalData(Double.parseDouble(value));
            case Constants.DATATYPE_DATE:
                return new DateData(DateUtils.parseDate(value));
            default:
                return new StringData(value);
        }
    }
}
